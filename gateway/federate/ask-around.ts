// Asks organisations about one person by a pseudonym that the register made for this question: known there, or not. Who may
// not be asked is not asked; who may not say, who refuses by a rule of its own, and who does not know the person are told
// apart in the access log, and nowhere else.

import { z } from "zod";
import { isCode, type Category } from "../../shared/kernel/codes";
import type { KnownHereOutcome } from "../../shared/kernel/known-here";
import { toldCategories, type OwnWord } from "../../shared/kernel/own-word";
import { toPlainDate } from "../../shared/kernel/plain-date";
import { RefusalReason } from "../../shared/kernel/refusal-reason";
import type {
  AnsweredQuestion,
  GrantedSubject,
  SourceAnswer,
  SourceQuestion,
} from "../../shared/kernel/requester";
import type { Decision } from "../privacy/explain";
import type { Access } from "../record/ledger";
import type { FetchDeps } from "./planned-fetch";
import type { RequestState } from "./request-state";
import type { SchemaIndex } from "./schema-index";
import type { SubgraphAnswer } from "./subgraph-client";
import type { Absence } from "./unavailable";

/** How it is asked around, and by which operation. */
export interface Around {
  readonly by: "OWN" | "RULES";
  readonly operation: string;
}

/** The question of a register, as it comes. */
export const Question = z.object({
  subject: z.object({ personId: z.string().min(1), familyId: z.string().min(1).optional() }),
  people: z.array(z.object({ organisation: z.string().min(1), key: z.string().min(1) })),
});

/** The least that can be asked: whether there is anything. */
const CATEGORY: Category = "INVOLVEMENT";
const Cases = z.array(z.looseObject({ id: z.string(), caseReference: z.string().min(1).max(100) }));
const Word = z.object({
  birthDate: z.iso.date().transform(toPlainDate).optional(),
  child: z.boolean().optional(),
});

/** What a source answered, as far as it can be believed. */
type Read =
  | ({ readonly outcome: "KNOWN"; readonly caseReference?: string } & OwnWord)
  | { readonly outcome: "NOT_KNOWN" }
  | { readonly outcome: "REFUSED"; readonly reason: RefusalReason }
  | ({ readonly outcome: "UNAVAILABLE" } & Absence);

interface Dossier {
  readonly field: string;
  readonly type: string;
}

/**
 * Asks all at once and gives an answer for each organisation of the question; or the decision by which nobody may be asked
 * at all, one for all of them. Rejects with RECORD_UNAVAILABLE when the records of the person cannot be read, and with an
 * Error for an organisation that the hub does not have.
 */
export async function askAround(
  deps: FetchDeps,
  state: RequestState,
  question: SourceQuestion,
  around: Around,
): Promise<AnsweredQuestion | { readonly closedBy: Decision }> {
  const { subject, people } = question;
  if (people.some(({ organisation }) => !state.isOrganisation(organisation))) {
    throw new Error("A register asks a source that is none.");
  }
  if (around.by === "RULES") {
    const person = { type: "Person", id: subject.personId } as const;
    await state.load([person]);
    const closedBy = sameDenial(
      people.map(({ organisation }) => state.decide(person, organisation, CATEGORY)),
    );
    if (closedBy) return { closedBy };
  }
  const answers = await Promise.all(
    people.map(async (one) =>
      (around.by === "OWN" ? askOwn : askByRules)(deps, state, subject, one, around.operation),
    ),
  );
  return { subject, answers };
}

/** The one rule that closes everything: it is about who asks, so that it can be said, and must be. */
function sameDenial([first, ...others]: readonly Decision[]): Decision | undefined {
  if (first?.outcome !== "DENY") return undefined;
  return others.every(({ outcome, rule }) => outcome === "DENY" && rule === first.rule) ? first : undefined;
}

/** The requester's own system, about what it has itself; there is no relation yet on which a rule could decide. */
async function askOwn(
  deps: FetchDeps,
  state: RequestState,
  { personId }: SourceQuestion["subject"],
  { organisation, key }: SourceQuestion["people"][number],
  operation: string,
): Promise<SourceAnswer> {
  if (organisation !== state.asking.requester.organisation)
    throw new Error("A register asks another's system.");
  const subject = { type: "Person", id: personId, familyId: undefined } as const;
  const access = state.ledger.access(subject, organisation, operation, "SEARCH");
  // Between a worker's mistake and the rules about age; nobody else's system is asked that.
  const granted = { ...grantedOf(personId, key), withBirthDate: true };
  const read = await askSource(deps, state, organisation, granted);
  if (read.outcome === "UNAVAILABLE") noteUnavailable(deps, state, organisation, access, read);
  else if (read.outcome === "REFUSED") access.withheld.add(CATEGORY);
  else if (read.outcome === "NOT_KNOWN") state.ledger.delivered(access, [CATEGORY]);
  else {
    const { birthDate, child } = read;
    state.ledger.delivered(access, [CATEGORY, ...toldCategories(read)]);
    return { ...answerOf(organisation, read, ""), birthDate, child };
  }
  return answerOf(organisation, read, "");
}

/** Another organisation, as far as the rules permit that the requester knows whether it knows the person. */
async function askByRules(
  deps: FetchDeps,
  state: RequestState,
  { personId }: SourceQuestion["subject"],
  { organisation, key }: SourceQuestion["people"][number],
  operation: string,
): Promise<SourceAnswer> {
  const subject = { type: "Person", id: personId } as const;
  const access = state.ledger.access(state.ledgerSubject(subject), organisation, operation);
  const decision = state.decide(subject, organisation, CATEGORY);
  if (decision.outcome !== "PERMIT") {
    state.ledger.decided(access, CATEGORY, decision);
    return { organisation, outcome: "NOT_KNOWN", rule: decision.rule };
  }
  const read = await askSource(deps, state, organisation, grantedOf(personId, key));
  const { outcome } = read;
  if (outcome === "REFUSED") state.refusals.note(subject, organisation, CATEGORY, read.reason);
  const decided = state.refusals.stricter(decision, subject, organisation, CATEGORY);
  // Who does not know the person has nothing to do, and learns of nobody.
  state.ledger.decided(access, CATEGORY, outcome === "KNOWN" ? decided : withoutWork(decided));
  if (outcome === "UNAVAILABLE") noteUnavailable(deps, state, organisation, access, read);
  else if (outcome !== "REFUSED") state.ledger.delivered(access, [CATEGORY]);
  return answerOf(organisation, read, decision.rule);
}

const grantedOf = (id: string, key: string): GrantedSubject => ({
  type: "Person",
  id,
  key,
  categories: [CATEGORY],
  withCase: true,
});

const withoutWork = (decision: Decision): Decision => ({ ...decision, obligations: [] });

function answerOf(organisation: string, read: Read, rule: string): SourceAnswer {
  const outcome: KnownHereOutcome = read.outcome === "REFUSED" ? "NOT_KNOWN" : read.outcome;
  const caseReference = read.outcome === "KNOWN" ? read.caseReference : undefined;
  return { organisation, outcome, rule, ...(caseReference === undefined ? {} : { caseReference }) };
}

function noteUnavailable(
  { log }: FetchDeps,
  state: RequestState,
  source: string,
  access: Access,
  absence: Absence,
): void {
  state.unavailable.set(source, absence);
  state.ledger.unavailable(access);
  log.warn({ source, traceId: state.asking.traceId, cause: absence.cause }, "source gave nothing");
}

async function askSource(
  { client, index, inMaintenance }: FetchDeps,
  { asking: { requester, purpose, traceId } }: RequestState,
  source: string,
  granted: GrantedSubject,
): Promise<Read> {
  const until = inMaintenance(source);
  if (until) return { outcome: "UNAVAILABLE", cause: "MAINTENANCE", until };
  const dossier = dossierAt(index, source);
  const answer = await client.ask(source, {
    query: `query ($people: [_Any!]!) { _entities(representations: $people) { ... on Person { ${dossier.field} { __typename } } } }`,
    variables: { people: [{ __typename: "Person", id: granted.id }] },
    grant: { requester, purpose, traceId, subjects: [granted] },
  });
  return readAnswer(answer, dossier, granted);
}

/** The field by which a source adds its dossier to a person. */
function dossierAt(index: SchemaIndex, source: string): Dossier {
  const fields = [...(index.fields.get("Person")?.values() ?? [])];
  const found = fields.find(({ type }) => index.dossiers.get(type) === source);
  if (!found) throw new Error(`The source ${source} adds nothing to a person.`);
  return { field: found.name, type: found.type };
}

function readAnswer(answer: SubgraphAnswer, { field, type }: Dossier, granted: GrantedSubject): Read {
  if (!answer.ok) return { outcome: "UNAVAILABLE", cause: answer.cause };
  const invalid = { outcome: "UNAVAILABLE", cause: "INVALID_ANSWER" } as const;
  if (!answer.data) return { outcome: "UNAVAILABLE", cause: "ERROR" };
  const Entities = z.tuple([
    z.object({ [field]: z.object({ __typename: z.literal(type) }).nullable() }).nullable(),
  ]);
  const entities = Entities.safeParse(answer.data["_entities"]);
  if (!entities.success) return invalid;
  const dossier = entities.data[0]?.[field] ?? null;
  const [error, ...others] = answer.errors;
  if (error) {
    const reason = error.extensions?.["reason"];
    if (error.extensions?.["code"] !== "SOURCE_REFUSED" || others.length > 0) {
      return { outcome: "UNAVAILABLE", cause: "ERROR" };
    }
    // Refused and there: that contradicts itself.
    if (dossier !== null) return invalid;
    return { outcome: "REFUSED", reason: isCode(RefusalReason, reason) ? reason : "OWN_POLICY" };
  }
  if (dossier === null) return { outcome: "NOT_KNOWN" };
  const cases = Cases.safeParse(answer.extensions["cases"] ?? []);
  const own = cases.success ? cases.data.find((one) => one.id === granted.id) : undefined;
  if (!own) return { outcome: "KNOWN" };
  const { caseReference } = own;
  // What was not asked for is not looked at, whatever a source sends.
  if (granted.withBirthDate !== true) return { outcome: "KNOWN", caseReference };
  const word = Word.safeParse(own);
  return word.success ? { outcome: "KNOWN", caseReference, ...word.data } : invalid;
}
