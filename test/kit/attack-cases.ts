// The published attack cases (test/rules/attacks): their form, and how they are read.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PROJECT_ROOT } from "./hub";

/** Ways in which a token can be false or missing. */
export const TOKEN_FAULTS = [
  "NONE",
  "UNSIGNED",
  "SIGNED_BY_ANOTHER",
  "OF_AN_UNKNOWN_ISSUER",
  "FOR_ANOTHER_AUDIENCE",
  "EXPIRED",
  "OF_ANOTHER_FUNCTION",
] as const;
export type TokenFault = (typeof TOKEN_FAULTS)[number];

/** Registers in which a case may find something recorded beforehand: the tables of schema hub. */
const RECORDS = [
  "assignment",
  "team_member",
  "consent",
  "measure",
  "investigation",
  "involvement",
  "participation",
  "meeting",
  "emergency",
  "disclosure",
  "second_household",
] as const;

const Json = z.unknown();
const lines = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((text) => (typeof text === "string" ? text : text.join("\n")));
const organisations = z.array(
  z.enum(["lokalis", "veilig-thuis", "save", "rvdk", "wss", "families", "referrals", "access-log"]),
);

/** A request as an attacker, or anybody else, sends it. */
const fields = {
  persona: z.string(),
  purpose: z.string().optional(),
  operation: lines,
  operationName: z.string().optional(),
  variables: z.record(z.string(), Json).optional(),
  extensions: z.record(z.string(), Json).optional(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  token: z.enum(TOKEN_FAULTS).optional(),
  /** Somebody else than the persona, in the same function: another worker of that employer, another family member. */
  worker: z.string().optional(),
  /** Register -> path of the id of what the request made there, to be taken away after the case. */
  makes: z.partialRecord(z.enum(RECORDS), z.string()).optional(),
  /** Name -> path in its answer: later `{{name}}` stands for what was there. */
  keep: z.record(z.string(), z.string()).optional(),
};
const SentRequest = z.strictObject(fields);
export type SentRequest = z.infer<typeof SentRequest>;

const Entry = z.strictObject({
  /** Null for what was refused before any source came into it. */
  source: z.string().nullable(),
  outcome: z.string(),
  subject: z.string().nullable().optional(),
  operation: z.string().optional(),
  act: z.string().optional(),
  delivered: z.array(z.string()).optional(),
  withheld: z.array(z.string()).optional(),
  errorCode: z.string().nullable().optional(),
});
export type ExpectedEntry = z.infer<typeof Entry>;

/** What may be expected of an answer; README.md beside the cases says what each word means. */
const Expectation = z.strictObject({
  status: z.number().int().optional(),
  codes: z.array(z.string()).optional(),
  nullAt: z.array(z.string()).min(1).optional(),
  notThere: z.array(z.string()).min(1).optional(),
  valueAt: z.record(z.string(), Json).optional(),
  somethingAt: z.array(z.string()).min(1).optional(),
  absentEverywhere: z.array(z.string().min(3)).min(1).optional(),
  notRepeated: z.array(z.string().min(3)).min(1).optional(),
  explained: z.record(z.string(), z.string()).optional(),
  sameAs: z
    .array(
      z.strictObject({
        persona: z.string().optional(),
        purpose: z.string().optional(),
        operation: lines.optional(),
        variables: z.record(z.string(), Json).optional(),
      }),
    )
    .min(1)
    .optional(),
  notAskedOf: organisations.min(1).optional(),
  recorded: z.array(Entry).optional(),
});
export type Expectation = z.infer<typeof Expectation>;

/** Something recorded in a register before the attack, and taken away after it. */
const GivenRecord = z.strictObject({ record: z.enum(RECORDS), row: z.record(z.string(), Json) });
export type GivenRecord = z.infer<typeof GivenRecord>;

/** Somebody for whom it is there; what is not said is as in the attack. */
const Control = z.strictObject({
  ...fields,
  persona: z.string().optional(),
  operation: lines.optional(),
  given: z.array(GivenRecord).optional(),
  before: z.array(SentRequest).optional(),
  after: z.array(SentRequest).optional(),
  /** Where it stands, when not in the very same place. */
  at: z.array(z.string()).min(1).optional(),
});
export type Control = z.infer<typeof Control>;

const AttackCase = z
  .strictObject({
    title: z.string().min(10),
    tries: z.string().min(40),
    ...fields,
    given: Control.shape.given,
    before: Control.shape.before,
    /** What puts right what the attack did, where rows cannot simply be taken away. */
    after: Control.shape.after,
    expect: Expectation.refine((one) => Object.keys(one).length > 0, "expects nothing"),
    controls: z.array(Control).min(1).optional(),
    noControl: z.string().min(30).optional(),
  })
  .refine(
    ({ controls, noControl }) => (controls === undefined) !== (noControl === undefined),
    "has controls, or says why there can be none",
  );
export type AttackCase = z.infer<typeof AttackCase>;

/** A case with where it stands: the exit, and its name there. */
export interface NamedCase {
  readonly exit: string;
  readonly name: string;
  readonly content: AttackCase;
}

export const ATTACKS_FOLDER = join(PROJECT_ROOT, "test", "rules", "attacks");

/** All cases, by exit and name. Throws on a file that does not fit, with the file and what is wrong with it. */
export function readAttackCases(): NamedCase[] {
  const exits = readdirSync(ATTACKS_FOLDER, { withFileTypes: true }).filter((one) => one.isDirectory());
  return exits
    .map((one) => one.name)
    .toSorted()
    .flatMap((exit) =>
      readdirSync(join(ATTACKS_FOLDER, exit))
        .toSorted()
        .map((file) => {
          const parsed = AttackCase.safeParse(
            JSON.parse(readFileSync(join(ATTACKS_FOLDER, exit, file), "utf8")),
          );
          if (!parsed.success) throw new Error(`${exit}/${file}: ${z.prettifyError(parsed.error)}`);
          return { exit, name: file.replace(/\.json$/, ""), content: parsed.data };
        }),
    );
}
