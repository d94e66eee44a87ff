// A fetch of root fields of the hub's registers: whom it is about is decided before it is sent, and what the register
// delivered is noted afterwards.

import type { FieldNode } from "graphql";
import { z } from "zod";
import { COULD_NOT, isErrorCode, type ErrorCode } from "../../shared/kernel/errors";
import { atEvenTimes } from "../../shared/kernel/even-time";
import type { Grant, SourceQuestion } from "../../shared/kernel/requester";
import type { Decision } from "../privacy/explain";
import type { Access } from "../record/ledger";
import { writtenId } from "../record/written-id";
import { fitOfObject, type Fit } from "./answer-fit";
import { gateOf, type Gate, type GateDecision } from "./gate-root";
import { rootQuery, type RootFetch } from "./fetch-shape";
import type { FetchDeps, FetchResult, PlannedFetch } from "./planned-fetch";
import { askAround, Question, type Around } from "./ask-around";
import { askedFields, typeNamesIn, type AskedField } from "./root-arguments";
import type { SubgraphError } from "./subgraph-client";
import type { UnavailableCause } from "./unavailable";
import { onlyThese, usedVariables, withDefaults } from "./variables";

type Fetch = PlannedFetch<RootFetch>;

/**
 * What is asked around is answered at multiples of this, counted from the start: several times what it takes, so that who
 * knows the child and may not say takes as long as who does not know it.
 */
const AROUND_EVEN_MS = 250;

/** Families and members that a register says it delivered or changed. */
const Deliveries = z.array(
  z.object({
    familyId: z.string().min(1),
    personId: z.string().min(1).optional(),
    act: z.enum(["READ", "SEARCH", "CREATE", "UPDATE"]),
  }),
);

const Asked = Question.optional();

/** The query for some root fields, and what its answer must then be. */
interface RootQuery {
  readonly text: string;
  readonly variables: ReadonlySet<string>;
  readonly fit: Fit;
}

/** By the field, for a query of one. A field belongs to one plan, and a plan to one gateway. */
const queriesOfOne = new WeakMap<FieldNode, RootQuery>();

function queryFor(deps: FetchDeps, shape: RootFetch, nodes: readonly FieldNode[]): RootQuery {
  const only = nodes.length === 1 ? nodes[0] : undefined;
  const known = only && queriesOfOne.get(only);
  if (known) return known;
  const made = {
    text: rootQuery(shape, nodes),
    variables: usedVariables(nodes),
    fit: fitOfObject(deps.index, shape.rootType, nodes),
  };
  if (only) queriesOfOne.set(only, made);
  return made;
}

/** What a register gave, once it is known to be what was asked for. */
interface Given {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly SubgraphError[];
  readonly deliveries: z.infer<typeof Deliveries>;
  /** What the register wants to have asked of organisations before it does anything. */
  readonly question: SourceQuestion | undefined;
  /** The decision by which no organisation may be asked. */
  readonly closedBy?: Decision;
}

/** What goes to the register in the grant, beside who asks for what. */
type Along = Pick<Grant, "held" | "answered">;

/** Executes the fetch; what is refused is null with an error that explains it, the rest is asked of the register. */
export async function fetchRoot(deps: FetchDeps, fetch: Fetch): Promise<FetchResult> {
  const { state, shape } = fetch;
  const variables = withDefaults(shape.operation, fetch.variables);
  const fields = askedFields(shape, variables, state.asking.requester.worker);
  if (fields.length > 0 && !state.isHub(deps.source))
    throw new Error("An organisation was asked a root field.");
  await state.load(fields.flatMap((field) => field.subject ?? []));
  const data = typeNamesIn(shape, variables);
  const errors: SubgraphError[] = [];
  const passed = new Map<AskedField, Gate & { open: true }>();
  for (const field of fields) {
    const gate = gateOf(state, shape, field);
    // A grant tells of one question to a holder at a time.
    const oneTooMany = gate.open && gate.held && [...passed.values()].some((one) => one.held);
    // What takes several steps is done by itself: others would be done in between, or twice.
    const notAlone = aroundOf(field) !== undefined && fields.length > 1;
    if (gate.open && !oneTooMany && !notAlone) {
      passed.set(field, gate);
      continue;
    }
    const { code, by }: Gate & { open: false } = gate.open ? { open: false, code: "INPUT_INVALID" } : gate;
    state.ledger.refused(accessOf(deps, fetch, field), code, by);
    errors.push(refusal(field, code, by?.decision));
    data[field.responseKey] = null;
  }
  const open = [...passed.keys()];
  if (open.length === 0) return { data, errors };

  const held = [...passed.values()].find((one) => one.held)?.held;
  const around = open.map(aroundOf).find((one) => one !== undefined);
  const given = around
    ? await atEvenTimes(AROUND_EVEN_MS, async () => askWithAnswers(deps, fetch, open, around))
    : await ask(deps, fetch, open, held ? { held } : {});
  if (typeof given === "string") {
    state.unavailable.set(deps.source, { cause: given });
    deps.log.warn(
      { source: deps.source, traceId: state.asking.traceId, cause: given },
      "source gave nothing",
    );
    for (const field of open) {
      noteFailure(deps, fetch, field);
      data[field.responseKey] = null;
      errors.push({ path: [field.responseKey], extensions: { code: "SOURCE_UNAVAILABLE" } });
    }
    return { data, errors };
  }
  noteDeliveries(deps, fetch, open, given);
  for (const [field, { by }] of passed) noteAnswer(deps, fetch, field, given, by);
  await state.load(given.deliveries.map(({ familyId }) => ({ type: "Family", id: familyId })));
  return { data: { ...data, ...given.data }, errors: [...errors, ...given.errors] };
}

/** What a field asks around, and as what it stands in the access log. */
function aroundOf({ root, name }: AskedField): Around | undefined {
  return root.about === "asked-around" ? { by: root.by, operation: name } : undefined;
}

/** Asks the register what to ask around, asks that, and asks the register again with the answers. */
async function askWithAnswers(
  deps: FetchDeps,
  fetch: Fetch,
  open: readonly AskedField[],
  around: Around,
): Promise<Given | UnavailableCause> {
  const first = await ask(deps, fetch, open, {});
  if (typeof first === "string" || !first.question) return first;
  const answered = await askAround(deps, fetch.state, first.question, around);
  if ("closedBy" in answered) {
    const { closedBy } = answered;
    const errors = open.map((field) => refusal(field, "ACCESS_DENIED", closedBy));
    const data = Object.fromEntries(open.map(({ responseKey }) => [responseKey, null]));
    return { data, errors, deliveries: [], question: undefined, closedBy };
  }
  return ask(deps, fetch, open, { answered });
}

/** Asks the register; an answer that is not what was asked for is none. */
async function ask(
  deps: FetchDeps,
  { shape, state, variables }: Fetch,
  open: readonly AskedField[],
  along: Along,
): Promise<Given | UnavailableCause> {
  const query = queryFor(
    deps,
    shape,
    open.map((field) => field.node),
  );
  const { requester, purpose, traceId } = state.asking;
  const answer = await deps.client.ask(deps.source, {
    query: query.text,
    variables: onlyThese(variables, query.variables),
    grant: { requester, purpose, traceId, subjects: [], ...along },
  });
  if (!answer.ok) return answer.cause;
  const deliveries = Deliveries.safeParse(answer.extensions["deliveries"] ?? []);
  const question = Asked.safeParse(answer.extensions["question"]);
  const fits = answer.data === null || query.fit(answer.data);
  if (!deliveries.success || !question.success || !fits) return "INVALID_ANSWER";
  return {
    data: answer.data,
    errors: answer.errors.map(passOn),
    deliveries: deliveries.data,
    question: question.data,
  };
}

function refusal(field: AskedField, code: ErrorCode, decision?: Decision): SubgraphError {
  const path = [field.responseKey];
  if (!decision) return { path, extensions: { code } };
  const { rule, citation, certainty, reason, next } = decision;
  return { path, extensions: { code, details: { rule, citation, certainty, reason, next } } };
}

/** Only ids and codes go on; a register is ours, but its words are not repeated. */
function passOn(error: SubgraphError): SubgraphError {
  const { code, ...details } = error.extensions ?? {};
  return {
    ...(error.path ? { path: error.path } : {}),
    extensions: isErrorCode(code) ? { code, details } : { code: "INTERNAL" },
  };
}

/** The access that a root field is: of its subject, or of nobody in particular. */
function accessOf(
  deps: FetchDeps,
  { state, shape }: Fetch,
  field: AskedField,
): Pick<Access, "subject" | "source" | "operation" | "act"> {
  const about = field.subject && state.ledgerSubject(field.subject);
  return {
    // An id that nobody has may be anything that was typed.
    subject: about && { ...about, id: about.familyId === undefined ? writtenId(about.id) : about.id },
    source: deps.source,
    operation: field.name,
    act: actOf(field, shape),
  };
}

const LOOKS_AT_THE_HUB: readonly AskedField["root"]["about"][] = ["hub", "review", "report"];

function actOf({ root }: AskedField, { rootType }: RootFetch): Access["act"] {
  if (root.about === "log") return root.act;
  if (LOOKS_AT_THE_HUB.includes(root.about)) return "OVERSIGHT";
  return rootType === "Mutation" ? "UPDATE" : "READ";
}

/** Acts on the hub itself, which may be about nobody in particular. */
const ON_THE_HUB: readonly Access["act"][] = ["OVERSIGHT", "EXPORT"];

function noteFailure(deps: FetchDeps, fetch: Fetch, field: AskedField): void {
  if (field.root.about === "nobody") return;
  const { subject, source, operation, act } = accessOf(deps, fetch, field);
  fetch.state.ledger.unavailable(fetch.state.ledger.access(subject, source, operation, act));
}

/** A change of a register is noted by its deliveries; one of a service is about nobody, so nothing is delivered. */
const isNotedByItself = ({ subject, act }: Pick<Access, "subject" | "act">, { root }: AskedField): boolean =>
  root.about === "service" || (act !== "UPDATE" && (subject !== undefined || ON_THE_HUB.includes(act)));

/** Notes how a root field ended. A change that was made is noted by its delivery. */
function noteAnswer(
  deps: FetchDeps,
  fetch: Fetch,
  field: AskedField,
  given: Given,
  by: GateDecision | undefined,
): void {
  if (field.root.about === "nobody") return;
  const access = accessOf(deps, fetch, field);
  const came = (given.data?.[field.responseKey] ?? null) !== null;
  const error = given.errors.find(({ path }) => path === undefined || path[0] === field.responseKey);
  const code = error?.extensions?.["code"];
  const { closedBy } = given;
  if (!came && isErrorCode(code) && !COULD_NOT.includes(code)) {
    fetch.state.ledger.refused(access, code, closedBy && { decision: closedBy });
  }
  // A search that found nothing that the requester may know of; a series of them is what an officer looks for.
  else if (!came && !error && given.data && access.act === "READ")
    fetch.state.ledger.refused({ ...access, act: "SEARCH" }, "FAMILY_NOT_FOUND");
  else if (!came && given.deliveries.length === 0) noteFailure(deps, fetch, field);
  else if (came && isNotedByItself(access, field)) {
    const noted = fetch.state.ledger.access(access.subject, access.source, access.operation, access.act);
    if (by) noted.rules.add(by.decision.rule);
  }
}

/** Notes every family whose data the register delivered or changed. */
function noteDeliveries(
  deps: FetchDeps,
  { state }: Fetch,
  open: readonly AskedField[],
  { deliveries }: Given,
): void {
  const operation = [...new Set(open.map((field) => field.name))].join("+");
  for (const { familyId, personId, act } of deliveries) {
    const subject = personId
      ? ({ type: "Person", id: personId, familyId } as const)
      : ({ type: "Family", id: familyId, familyId } as const);
    state.ledger.access(subject, deps.source, operation, act);
  }
}
