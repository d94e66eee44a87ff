// A fetch of root fields of the hub's registers: whom it is about is decided before it is sent, and what the register
// delivered is noted afterwards.

import { valueFromASTUntyped, type FieldNode } from "graphql";
import { isErrorCode } from "../../shared/kernel/errors";
import type { Decision } from "../privacy/explain";
import { rootQuery, type RootFetch } from "./fetch-shape";
import type { FetchDeps, FetchResult, PlannedFetch } from "./planned-fetch";
import type { SubjectKey } from "./request-state";
import { ROOT_FIELDS, type RootField } from "./root-fields";
import type { SubgraphError } from "./subgraph-client";
import type { Access } from "../record/ledger";
import { writtenId } from "../record/written-id";

/** The register that knows who works with a family, and by whose rules a family is open to a requester at all. */
const FAMILY_REGISTER = "families";

interface AskedField {
  readonly node: FieldNode;
  readonly responseKey: string;
  readonly name: string;
  readonly root: RootField;
  readonly subject?: SubjectKey;
}

function argumentAt(node: FieldNode, path: string, variables: Readonly<Record<string, unknown>>): unknown {
  const [first = "", ...rest] = path.split(".");
  const argument = node.arguments?.find((one) => one.name.value === first);
  let value: unknown = argument ? valueFromASTUntyped(argument.value, { ...variables }) : undefined;
  for (const step of rest) {
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string, unknown>)[step]
        : undefined;
  }
  return value;
}

function readField(node: FieldNode, fetch: PlannedFetch<RootFetch>): AskedField {
  const name = node.name.value;
  const key = `${fetch.shape.rootType}.${name}`;
  const root = Object.hasOwn(ROOT_FIELDS, key) ? ROOT_FIELDS[key] : undefined;
  if (!root) throw new Error("A root field is asked of which nobody said whom it is about.");
  const asked = { node, name, root, responseKey: node.alias?.value ?? name };
  if (root.about !== "family" && root.about !== "person") return asked;
  const id = argumentAt(node, root.argument, fetch.variables);
  const type = root.about === "family" ? "Family" : "Person";
  return {
    ...asked,
    subject: { type, id: typeof id === "string" || typeof id === "number" ? String(id) : "" },
  };
}

function refusal(field: AskedField, decision: Decision): SubgraphError {
  const { rule, citation, certainty, reason, next } = decision;
  return {
    path: [field.responseKey],
    extensions: { code: "FAMILY_NOT_FOUND", details: { rule, citation, certainty, reason, next } },
  };
}

function refuse(
  deps: FetchDeps,
  fetch: PlannedFetch<RootFetch>,
  subject: SubjectKey,
  name: string,
  rule: string,
): void {
  const written = { ...fetch.state.ledgerSubject(subject), id: writtenId(subject.id) };
  const access = fetch.state.ledger.access(written, deps.source, name, actOf(fetch.shape));
  access.rules.add(rule);
  access.withheld.add("HOUSEHOLD");
  access.refusedWith = "FAMILY_NOT_FOUND";
}

const actOf = (shape: RootFetch) => (shape.rootType === "Mutation" ? "UPDATE" : "READ");

/** Only ids and codes go on; a register is ours, but its words are not repeated. */
function passOn(error: SubgraphError): SubgraphError {
  const { code, ...details } = error.extensions ?? {};
  return {
    ...(error.path ? { path: error.path } : {}),
    extensions: isErrorCode(code) ? { code, details } : { code: "INTERNAL" },
  };
}

/** A family, or one of its members, that a register says it delivered or changed. */
interface Delivered {
  readonly familyId: string;
  readonly personId?: string;
  readonly act: "READ" | "SEARCH" | "CREATE" | "UPDATE";
}

/** Executes the fetch; what is refused is null with an error that explains it, the rest is asked of the register. */
export async function fetchRoot(deps: FetchDeps, fetch: PlannedFetch<RootFetch>): Promise<FetchResult> {
  const { state } = fetch;
  if (!state.isHub(deps.source)) throw new Error("An organisation was asked a root field.");
  const fields = fetch.shape.fields.map((node) => readField(node, fetch));
  await state.load(fields.flatMap((field) => field.subject ?? []));
  const data: Record<string, unknown> = {};
  const errors: SubgraphError[] = [];
  const open = fields.filter((field) => {
    const decision = field.subject && state.decide(field.subject, FAMILY_REGISTER, "HOUSEHOLD");
    if (!field.subject || decision?.outcome === "PERMIT") return true;
    if (!decision) throw new Error("A subject without a decision.");
    refuse(deps, fetch, field.subject, field.name, decision.rule);
    errors.push(refusal(field, decision));
    data[field.responseKey] = null;
    return false;
  });
  if (open.length === 0) return { data, errors };

  const { requester, purpose, traceId } = state.asking;
  const answer = await deps.client.ask(deps.source, {
    query: rootQuery(
      fetch.shape,
      open.map((field) => field.node),
    ),
    variables: fetch.variables,
    grant: { requester, purpose, traceId, subjects: [] },
  });
  if (!answer.ok) {
    state.unavailable.set(deps.source, answer.cause);
    for (const field of open) {
      state.ledger.unavailable(accessOf(deps, fetch, field));
      data[field.responseKey] = null;
      errors.push({ path: [field.responseKey], extensions: { code: "SOURCE_UNAVAILABLE" } });
    }
    return { data, errors };
  }
  const refused = answer.errors.map(passOn);
  for (const field of open) noteAnswer(deps, fetch, field, refused);
  await noteDeliveries(deps, fetch, open, answer.extensions["deliveries"] ?? []);
  return { data: { ...data, ...answer.data }, errors: [...errors, ...refused] };
}

/** The access of one root field: of its subject, or of nobody in particular. */
function accessOf(deps: FetchDeps, { state, shape }: PlannedFetch<RootFetch>, field: AskedField): Access {
  const subject = field.subject && state.ledgerSubject(field.subject);
  const act = field.name === "accessLog" ? "OVERSIGHT" : actOf(shape);
  return state.ledger.access(subject, deps.source, field.name, act);
}

/** Notes how a root field ended: refused by the register with its code, or read. A change is noted by its delivery. */
function noteAnswer(
  deps: FetchDeps,
  fetch: PlannedFetch<RootFetch>,
  field: AskedField,
  refused: readonly SubgraphError[],
): void {
  const error = refused.find((one) => one.path?.[0] === field.responseKey || one.path === undefined);
  const code = error?.extensions?.["code"];
  if (isErrorCode(code)) accessOf(deps, fetch, field).refusedWith = code;
  else if (field.name === "accessLog" || (field.subject && fetch.shape.rootType === "Query")) {
    accessOf(deps, fetch, field);
  }
}

/** Notes every family whose data the register delivered or changed. */
async function noteDeliveries(
  deps: FetchDeps,
  { state }: PlannedFetch<RootFetch>,
  open: readonly AskedField[],
  deliveries: unknown,
): Promise<void> {
  const operation = open.map((field) => field.name).join("+");
  const delivered = deliveries as readonly Delivered[];
  await state.load(delivered.map(({ familyId }) => ({ type: "Family", id: familyId })));
  for (const { familyId, personId, act } of delivered) {
    const subject = personId
      ? ({ type: "Person", id: personId, familyId } as const)
      : ({ type: "Family", id: familyId, familyId } as const);
    state.ledger.access(subject, deps.source, operation, act);
  }
}
