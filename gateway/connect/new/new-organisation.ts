// An organisation that is to be connected: what is asked of it, checked, with what follows from its name.

import { z } from "zod";
import { HOLDER_KINDS } from "../../../shared/kernel/codes";
import type { MemberKind } from "../../../shared/kernel/member-kinds";
import { regionIssuers } from "../../../shared/region/issuers";
import { subgraphNames, type Region } from "../../../shared/region/region";
import { ArgumentError } from "../argument-error";

/** Kinds of system that a subgraph can read. */
export const SOURCE_KINDS = ["sql", "rest", "soap", "files"] as const;
export type NewSourceKind = (typeof SOURCE_KINDS)[number];

/** What an organisation can be in law; the hub's own registers are none. */
export const ORGANISATION_KINDS: readonly MemberKind[] = [
  ...HOLDER_KINDS.filter((kind) => kind !== "HUB"),
  "OTHER",
];

/** An answer to each question, as it was typed; what is left out follows from the rest. */
export interface NewAnswers {
  readonly code: string;
  readonly name?: string | undefined;
  readonly kind?: string | undefined;
  readonly source?: string | undefined;
  readonly field?: string | undefined;
  readonly legalEntity?: string | undefined;
  readonly phone?: string | undefined;
  readonly owner?: string | undefined;
  readonly contact?: string | undefined;
}

/** A question, in the order in which it is asked; `code` is the name in the command. */
export interface Question {
  readonly answer: Exclude<keyof NewAnswers, "code">;
  readonly flag: string;
  readonly text: string;
  /** What an empty answer means; undefined where one has to be given. */
  readonly byDefault: (answers: NewAnswers) => string | undefined;
}

/** `school-board` -> `schoolBoard`. */
const fieldOf = (code: string): string =>
  code.replaceAll(/-([a-z0-9])/g, (_all, sign: string) => sign.toUpperCase());

/** Everything that is asked. */
export const QUESTIONS: readonly Question[] = [
  { answer: "name", flag: "title", text: "Its name, for people", byDefault: () => undefined },
  {
    answer: "kind",
    flag: "kind",
    text: `What it is in law, for the rules (${ORGANISATION_KINDS.join(", ")})`,
    byDefault: () => undefined,
  },
  {
    answer: "source",
    flag: "source",
    text: `Its system gives what it holds by (${SOURCE_KINDS.join(", ")})`,
    byDefault: () => undefined,
  },
  {
    answer: "field",
    flag: "field",
    text: "The field that it adds to Family and Person",
    byDefault: ({ code }) => fieldOf(code),
  },
  {
    answer: "legalEntity",
    flag: "legal-entity",
    text: "Its legal entity: organisations of one entity have the same",
    byDefault: ({ code }) => code,
  },
  { answer: "phone", flag: "phone", text: "Where workers can phone it", byDefault: () => undefined },
  {
    answer: "owner",
    flag: "owner",
    text: "Who in it answers for the service: a role or a department, no person",
    byDefault: ({ name = "" }) => `Functioneel beheer ${name}`,
  },
  {
    answer: "contact",
    flag: "contact",
    text: "Mail address about the service, of no person",
    byDefault: ({ code }) => `koppeling@${code}.example`,
  },
];

/** A sentence that stands in code, text and tables: without what would end a string, a comment or a cell there. */
const Words = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} .,'()/&-]{0,59}$/u, "1 to 60 letters, digits, spaces and .,'()/&-");

/** Checked as the region file is: what is written there must be accepted. */
const Checked = z.strictObject({
  code: z
    .string()
    .max(30, "at most 30 signs")
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "small letters, digits and hyphens"),
  name: Words,
  kind: z.enum(ORGANISATION_KINDS as [MemberKind, ...MemberKind[]]),
  source: z.enum(SOURCE_KINDS),
  field: z
    .string()
    .max(40, "at most 40 signs")
    .regex(/^[a-z][A-Za-z0-9]*$/, "a field of GraphQL that begins with a small letter"),
  legalEntity: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "small letters, digits and hyphens"),
  phone: z.string().regex(/^[0-9+][0-9 -]{2,20}$/, "a phone number"),
  owner: Words,
  contact: z.email("a mail address"),
});

/** An organisation of which everything is known. */
export type NewOrganisation = z.infer<typeof Checked>;

const flagOf = (answer: string): string =>
  answer === "code" ? "the name" : `--${QUESTIONS.find((one) => one.answer === answer)?.flag ?? answer}`;

/** The answer to a question: what was typed, or what it means when nothing was. */
export const answerTo = ({ answer, byDefault }: Question, answers: NewAnswers): string | undefined =>
  answers[answer] ?? byDefault(answers);

/**
 * The organisation out of these answers, for a region that has none of its name, field or issuer. Throws an ArgumentError
 * that lists every fault.
 */
export function checkNewOrganisation(answers: NewAnswers, region: Region): NewOrganisation {
  const whole = {
    code: answers.code,
    ...Object.fromEntries(QUESTIONS.map((question) => [question.answer, answerTo(question, answers)])),
  };
  const parsed = Checked.safeParse(whole);
  const faults = parsed.success
    ? takenIn(region, parsed.data)
    : parsed.error.issues.map(({ path: [answer = ""], message }) => {
        const isGiven = Object.entries(whole).some(([name, value]) => name === answer && value !== undefined);
        return `${flagOf(String(answer))}: ${isGiven ? message : "is needed"}`;
      });
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new ArgumentError(`Nothing was written.\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
}

function takenIn(region: Region, { code, field }: NewOrganisation): string[] {
  const names = [...subgraphNames(region), ...regionIssuers(region).map((one) => one.code)];
  const types = new Set(region.organisations.map((one) => one.field));
  return [
    ...(names.includes(code) ? [`the name: ${region.name} has a ${code} already`] : []),
    ...(types.has(field) ? [`--field: ${region.name} has a field ${field} already`] : []),
  ];
}

/** What stands about it in the region file, under `organisations`. */
export const regionEntryOf = ({ source: _source, ...entry }: NewOrganisation): object => {
  const { code, name, kind, legalEntity, field, phone, owner, contact } = entry;
  return { code, name, kind, legalEntity, field, phone, owner, contact };
};
