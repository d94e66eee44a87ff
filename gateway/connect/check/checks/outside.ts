// Nothing beyond the grant, and said so: an answer that fails shows nothing of what a subgraph keeps back.

import { getNamedType, isObjectType } from "graphql";
import { isCode, Category } from "../../../../shared/kernel/codes";
import type { GrantedSubject } from "../../../../shared/kernel/requester";
import { askEverything, everythingOf, isFilled, queryFor, type Dossier } from "../ask-dossiers";
import { askWith, type Readable } from "../checked";
import { failed, notChecked, passed, type Finding } from "../finding";
import { categoryOf } from "../read-schema";
import { codesOf, dossierOf, entitiesOf, type Answer } from "../target";
import { knownSubjects, withoutRecords } from "./records";

const ANSWERED = 200;
const REFUSED = "GRANT_INVALID";

/** Two findings: nothing of who is not in the grant, and nothing of what is not in it, whatever it is called. */
export async function checkOutside(readable: Readable): Promise<Finding[]> {
  const [first, second] = knownSubjects(readable);
  if (!first || !second) return withoutRecords(["OUTSIDE_SUBJECT", "OUTSIDE_CATEGORY"]);
  return [await checkOutsideSubject(readable, first, second), await checkOutsideCategory(readable, first)];
}

/** How the answer to a question for one reference is no refusal of what lies outside the grant; undefined when it is one. */
function flawOf(answer: Answer): string | undefined {
  if (answer.status !== ANSWERED) return `the status was ${answer.status} instead of ${ANSWERED}`;
  if (entitiesOf(answer).length !== 1) return "there was no answer to the reference";
  const codes = codesOf(answer);
  if (codes.length === 0) return `there was no error ${REFUSED}`;
  const other = codes.find((code) => code !== REFUSED);
  return other === undefined ? undefined : `the error was ${other ?? "without a code"} instead of ${REFUSED}`;
}

async function checkOutsideSubject(
  readable: Readable,
  first: GrantedSubject,
  second: GrantedSubject,
): Promise<Finding> {
  const remedy =
    "Take the key of each reference out of the grant's `subjects`, by type and id; who is not there gets null and an error GRANT_INVALID, in an answer of status 200.";
  const answers: Answer[] = [];
  // By its own key as well, for who takes the id for one.
  for (const id of [second.id, second.key]) {
    const sent = queryFor(first.type, everythingOf(readable, first.type), [id]);
    answers.push(await askWith(readable, sent, [first]));
  }
  const given = answers.some((one) => isFilled(dossierOf(entitiesOf(one)[0], readable.organisation.field)));
  if (given) return failed("OUTSIDE_SUBJECT", "A subject that the grant does not name was given.", remedy);
  const [flaw] = answers.flatMap((one) => flawOf(one) ?? []);
  return flaw === undefined
    ? passed("OUTSIDE_SUBJECT")
    : failed("OUTSIDE_SUBJECT", `A subject that the grant does not name was not refused: ${flaw}.`, remedy);
}

/** What is asked of a dossier under a grant for a part of it. */
interface Parts {
  /** A field that is not granted. */
  readonly closed: string;
  /** Is something held in it? */
  readonly isHeld: boolean;
  /** A field that is held and granted; undefined where nothing else is held. */
  readonly granted: string | undefined;
  readonly category: Category;
}

/** The parts of a dossier of which everything was granted. */
function partsOf(
  { schema, organisation: { field } }: Readable,
  type: GrantedSubject["type"],
  whole: Dossier,
): Parts {
  const subject = schema.getType(type);
  const dossier = isObjectType(subject) ? getNamedType(subject.getFields()[field]?.type) : undefined;
  const held = (isObjectType(dossier) ? Object.values(dossier.getFields()) : []).flatMap((one) => {
    const category = categoryOf(one.astNode?.directives);
    const value = whole?.[one.name];
    return typeof value === "object" && value !== null && isCode(Category, category)
      ? [{ name: one.name, category }]
      : [];
  });
  const [first] = held;
  const other = held.find(({ category }) => category !== first?.category);
  if (first && other) {
    return { closed: other.name, isHeld: true, granted: first.name, category: first.category };
  }
  // Who may see no more than whether somebody is known sees nothing else.
  const only = held.find(({ category }) => category !== "INVOLVEMENT")?.name;
  const closed = only ?? (type === "Family" ? "household" : "identity");
  return { closed, isHeld: only !== undefined, granted: undefined, category: "INVOLVEMENT" };
}

/** One way to ask for what is not granted. */
interface Asking {
  readonly how: string;
  /** Text of a selection in the dossier. */
  readonly selection: string;
  /** Name of a field that is asked as well, and is granted. */
  readonly beside?: string | undefined;
}

const askingsFor = (type: GrantedSubject["type"], { closed, granted }: Parts): Asking[] => {
  const [it, other] = [`${closed} { __typename }`, granted === undefined ? "" : `${granted} { __typename }`];
  return [
    { how: "by its name", selection: it },
    { how: "under another name", selection: `${granted ?? "involvement"}: ${it}` },
    { how: "through the interface", selection: `... on ${type}Dossier { ${it} }` },
    { how: "beside something else", selection: `__typename ${other} ${it}`, beside: granted },
  ];
};

/** How the answer is none as it should be; undefined when it is. */
function flawOfPart(answer: Answer, field: string, beside: string | undefined): string | undefined {
  const [entity] = entitiesOf(answer);
  const flaw = flawOf(answer);
  if (flaw !== undefined) return flaw;
  if (entity === null) return "the reference itself was null";
  const isDropped = beside !== undefined && (dossierOf(entity, field)?.[beside] ?? null) === null;
  return isDropped ? "what is granted beside it was not given" : undefined;
}

/** Asks fields of one category under a grant for another, by their name, by another name, and through the interface. */
async function checkOutsideCategory(readable: Readable, subject: GrantedSubject): Promise<Finding> {
  const {
    organisation: { field },
  } = readable;
  const { type, id } = subject;
  const [whole] = (await askEverything(readable, [subject])).dossiers;
  const parts = partsOf(readable, type, whole ?? null);
  const open = { ...subject, categories: [parts.category] };
  const leaks: string[] = [];
  const flaws: string[] = [];
  for (const { how, selection, beside } of askingsFor(type, parts)) {
    const answer = await askWith(readable, queryFor(type, `${field} { ${selection} }`, [id]), [open]);
    const dossier = dossierOf(entitiesOf(answer)[0], field) ?? {};
    const mayStand = ["__typename", beside];
    if (Object.entries(dossier).some(([name, value]) => !mayStand.includes(name) && value !== null))
      leaks.push(how);
    const flaw = flawOfPart(answer, field, beside);
    if (flaw !== undefined) flaws.push(`asked ${how}, ${flaw}`);
  }
  const remedy =
    "Decide by the category of the field that is resolved, not by the text of the query: that field alone is null, with an error GRANT_INVALID, in an answer of status 200.";
  if (leaks.length > 0) {
    const cause = `A category that is not granted was given, asked ${leaks.join(", ")}.`;
    return failed("OUTSIDE_CATEGORY", cause, remedy);
  }
  if (!parts.isHeld) {
    // Where nothing is held, nothing could come out.
    return notChecked(
      "OUTSIDE_CATEGORY",
      "The first known record holds nothing that could be kept back.",
      "Name a record first that holds more than the involvement.",
    );
  }
  const [flaw] = flaws;
  return flaw === undefined
    ? passed("OUTSIDE_CATEGORY")
    : failed("OUTSIDE_CATEGORY", `A category that is not granted was not refused alone: ${flaw}.`, remedy);
}
