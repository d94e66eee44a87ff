// How it answers: values of the contract, in time, without a citizen's number, and without words in its errors.

import {
  getNamedType,
  isEnumType,
  isObjectType,
  Kind,
  parse,
  type GraphQLNamedType,
  type InlineFragmentNode,
  type SelectionNode,
} from "graphql";
import { passesElfproef } from "../../../../shared/kernel/bsn";
import { fitOfObject } from "../../../federate/answer-fit";
import { indexSchema } from "../../../federate/schema-index";
import { ALL_CATEGORIES, askEverything, everythingOf, queryFor } from "../ask-dossiers";
import { askWith, subjectOf, type Readable } from "../checked";
import { failed, notChecked, passed, warned, type Finding } from "../finding";
import { codesOf, entitiesOf, type Answer } from "../target";
import { knownSubjects } from "./records";

/** References in one question: as many as a team may have in its caseload. */
const MANY = 200;

/** Selections of `_entities ... on Type` in a query of `queryFor`. */
function selectionsOf(query: string): readonly SelectionNode[] {
  const [operation] = parse(query).definitions;
  const root =
    operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections[0] : undefined;
  const inner = root?.kind === Kind.FIELD ? (root.selectionSet?.selections ?? []) : [];
  const fragment = inner.find((one): one is InlineFragmentNode => one.kind === Kind.INLINE_FRAGMENT);
  return [...inner.filter((one) => one.kind === Kind.FIELD), ...(fragment?.selectionSet.selections ?? [])];
}

/** One finding: every value is of the type that the contract gives it, and the involvement is this organisation's. */
export async function checkValues(readable: Readable, supergraph: string | undefined): Promise<Finding[]> {
  const subjects = knownSubjects(readable);
  const [first] = subjects;
  if (!first || supergraph === undefined) {
    return [
      notChecked(
        "VALUES",
        "There is no known record, or no supergraph.",
        "Give known records, and mend the schema first.",
      ),
    ];
  }
  const {
    organisation: { code, field },
  } = readable;
  const sent = queryFor(first.type, everythingOf(readable, first.type), [first.id]);
  const [entity] = entitiesOf(await askWith(readable, sent, [first]));
  const fits = fitOfObject(indexSchema(supergraph), first.type, selectionsOf(sent.query));
  if (!fits(withoutTypenames(entity)) || !hasTrueLeaves(readable.schema.getType(first.type), entity)) {
    return [
      failed(
        "VALUES",
        "A value is not of the type of the contract.",
        "Compare the values with the schema: dates as YYYY-MM-DD, numbers as numbers, lists as lists, and no field that was not asked for.",
      ),
    ];
  }
  const holder = (entity as Record<string, { involvement?: { organisation?: unknown } } | undefined>)[field]
    ?.involvement?.organisation;
  return [
    holder === undefined || holder === code
      ? passed("VALUES")
      : failed(
          "VALUES",
          "Involvement.organisation is not the code of this organisation.",
          `Give "${code}" there.`,
        ),
  ];
}

const LEAVES: Readonly<Record<string, RegExp>> = {
  LocalDate: /^\d{4}-\d{2}-\d{2}$/,
  DateTime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
};

/** Are dates dates, and codes of the list that they come from? The gateway hands these on as they are. */
function hasTrueLeaves(type: GraphQLNamedType | undefined, value: unknown): boolean {
  if (value === null || value === undefined || type === undefined) return true;
  if (Array.isArray(value)) return value.every((one) => hasTrueLeaves(type, one));
  if (isEnumType(type)) return typeof value === "string" && type.getValue(value) !== undefined;
  if (!isObjectType(type)) return typeof value !== "string" || (LEAVES[type.name]?.test(value) ?? true);
  const fields = type.getFields();
  return Object.entries(value).every(([name, one]) => {
    const field = fields[name];
    return field === undefined || hasTrueLeaves(getNamedType(field.type), one);
  });
}

/** Names of types are the gateway's to fill in; what a source says there is not used. */
function withoutTypenames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTypenames);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) =>
      key === "__typename" ? [] : [[key, withoutTypenames(one)]],
    ),
  );
}

/** One finding: one answer within half the deadline, and two hundred references in one question within it. */
export async function checkDeadline(readable: Readable): Promise<Finding[]> {
  const { deadlineMs } = readable;
  const known = knownSubjects(readable);
  const type = known[0]?.type ?? "Family";
  const keys = known.length > 0 ? known.map((one) => one.key) : ["connect-check-unknown"];
  const subjects = Array.from({ length: MANY }, (_, index) =>
    subjectOf(type, keys[index % keys.length] ?? "", index, ALL_CATEGORIES),
  );
  const one = (await askEverything(readable, subjects.slice(0, 1))).answer;
  const many = (await askEverything(readable, subjects)).answer;
  const asked = `${Math.round(one.tookMs)} ms for one, ${Math.round(many.tookMs)} ms for ${MANY}`;
  const remedy =
    "Look up all references of a question with one query to the system, not one by one; see DataLoader or the like.";
  if (one.tookMs > deadlineMs || many.tookMs > deadlineMs) {
    return [failed("DEADLINE", `It took ${asked}; the gateway waits ${deadlineMs} ms.`, remedy)];
  }
  if (entitiesOf(many).length !== MANY) {
    return [
      failed(
        "DEADLINE",
        `A question for ${MANY} references was not answered (${many.status}, ${codesOf(many)[0] ?? "no code"}).`,
        "Take bodies of 4 MB and questions of a thousand references.",
      ),
    ];
  }
  return [
    many.tookMs > deadlineMs / 2
      ? warned(
          "DEADLINE",
          `It took ${asked}: more than half of the ${deadlineMs} ms that the gateway waits.`,
          remedy,
        )
      : passed("DEADLINE"),
  ];
}

const NINE_DIGITS = /(?<!\d)\d{8,9}(?!\d)/g;

/** One finding: no answer about any known record holds what passes for a citizen's number. */
export async function checkNoCitizensNumber(readable: Readable): Promise<Finding[]> {
  const subjects = knownSubjects(readable);
  if (subjects.length === 0) {
    return [notChecked("NO_CITIZENS_NUMBER", "There is no known record.", "Give known records.")];
  }
  const { answer } = await askEverything(readable, subjects);
  const found = (answer.text.match(NINE_DIGITS) ?? []).some((digits) =>
    passesElfproef(digits.padStart(9, "0")),
  );
  return [
    found
      ? failed(
          "NO_CITIZENS_NUMBER",
          "An answer holds a number that passes for a BSN.",
          "Leave the BSN in the source: people are matched by pseudonym.",
        )
      : passed("NO_CITIZENS_NUMBER"),
  ];
}

/** Words that only the question held, as values: names of fields may come back. */
const PLANTED = ["Verzonnenaam", "999990019"];
const OF_THE_INSIDE =
  /\bat .+\.(js|ts|py|java|cs|go|rb|php):\d+|node_modules|Traceback|Exception in|ORA-\d{5}|SQLSTATE|select .+ from /i;

/** One finding: errors of several kinds hold no word of the question and nothing of the inside. */
export async function checkQuietErrors(readable: Readable): Promise<Finding[]> {
  const {
    organisation: { field },
  } = readable;
  const id = `${PLANTED[0]}-${PLANTED[1]}`;
  const questions = [
    queryFor("Family", `${field} { noSuchField }`, [id]),
    queryFor("Family", `${field} { involvement(naam: "${PLANTED[0]}") { since } }`, [id]),
    { ...queryFor("Family", "id", []), variables: { representations: [{ __typename: PLANTED[0], id }] } },
    { ...queryFor("Family", "id", []), variables: { representations: id } },
    { query: `{ _entities(representations: "${id}`, variables: { bsn: PLANTED[1] } },
  ];
  const answers: Answer[] = [];
  for (const sent of questions) answers.push(await askWith(readable, sent, []));
  const outside = queryFor("Family", everythingOf(readable, "Family"), [id]);
  answers.push(await askWith(readable, outside, []));
  const repeats = answers.some(({ body }) =>
    PLANTED.some((word) => JSON.stringify(body?.["errors"] ?? "").includes(word)),
  );
  const shows = answers.some(({ text }) => OF_THE_INSIDE.test(text));
  const broke = answers.some(({ status }) => status >= 500);
  const faults = [
    ...(repeats ? ["an error repeats what was sent"] : []),
    ...(shows ? ["an error shows the inside: a file, a statement or a stack"] : []),
    ...(broke ? ["a wrong question gave a status of 500 or more"] : []),
  ];
  return [
    faults.length === 0
      ? passed("QUIET_ERRORS")
      : failed(
          "QUIET_ERRORS",
          `${faults.join("; ")}.`,
          "Answer with a fixed sentence and a code for each error, and keep the rest for your own log, without names or numbers.",
        ),
  ];
}
