// What a gateway would put in the log of looks at families, decided by the real rules: without a database or a source.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "graphql";
import { fetchEntities } from "../../gateway/federate/fetch-entities";
import { readFetch, type EntityFetch, type RootFetch } from "../../gateway/federate/fetch-shape";
import { gateOf } from "../../gateway/federate/gate-root";
import { NO_MAINTENANCE } from "../../gateway/federate/maintenance";
import { holdersOf } from "../../gateway/federate/region-parts";
import { RequestState } from "../../gateway/federate/request-state";
import { ROOT_FIELDS } from "../../gateway/federate/root-fields";
import { indexSchema, type SchemaIndex } from "../../gateway/federate/schema-index";
import type { SubgraphClient } from "../../gateway/federate/subgraph-client";
import type { Decider } from "../../gateway/privacy/decide";
import { entriesOf } from "../../gateway/record/entries";
import type { FamilyRecord } from "../../shared/database/family-records";
import { NOTHING_BEFORE } from "../../shared/database/requester-records";
import type { Purpose } from "../../shared/kernel/codes";
import { toTraceId } from "../../shared/kernel/ids";
import { createLogger } from "../../shared/kernel/logger";
import type { Requester } from "../../shared/kernel/requester";
import { loadRegion } from "../../shared/region/region";
import type { ReportEntry } from "../../subgraphs/access-log/source/report/lines";
import { TODAY } from "./family-records";

/** One look at a family and its members. */
export interface Look {
  readonly requester: Requester;
  readonly purpose: Purpose;
  readonly familyId: string;
  /** ISO 8601. */
  readonly at: string;
  readonly trace: number;
  /** Source -> fields of its dossiers that are asked; of the families register, that members are. */
  readonly fields: Readonly<
    Record<string, { readonly family: readonly string[]; readonly person: readonly string[] }>
  >;
}

const ROOT = join(__dirname, "..", "..");
const log = createLogger("test", "silent");
const region = loadRegion("utrecht");

/** A source that knows nothing answers that there is nothing. */
const emptySources: SubgraphClient = {
  ask: async (_source, { variables }) => ({
    ok: true,
    data: Object.fromEntries(
      Object.entries(variables)
        .filter(([name]) => name.startsWith("_schakel_r"))
        .map(([name, subjects]) => [
          `g${name.slice("_schakel_r".length)}`,
          (subjects as readonly unknown[]).map(() => ({})),
        ]),
    ),
    errors: [],
    extensions: {},
  }),
  close: async () => undefined,
};

/** Looks at families with the contract as it is committed, and these rules. */
export class Looks {
  readonly index: SchemaIndex = indexSchema(
    readFileSync(join(ROOT, "shared", "region", "regions", "utrecht", "supergraph.graphql"), "utf8"),
  );
  readonly #decider: Decider;
  readonly #shapes = new Map<string, EntityFetch>();

  constructor(decider: Decider) {
    this.#decider = decider;
  }

  /** Names of the categorised fields of the dossier of an organisation about a Family or a Person. */
  fieldsOf(source: string, type: "Family" | "Person"): string[] {
    const { field } = this.#organisation(source);
    const dossier = this.index.fields.get(type)?.get(field)?.type ?? "";
    return [...(this.index.fields.get(dossier)?.values() ?? [])]
      .filter((one) => one.category !== undefined)
      .map(({ name }) => name);
  }

  /** The entries of a look, when this is on record about the families. */
  async entriesOf(look: Look, records: readonly FamilyRecord[]): Promise<ReportEntry[]> {
    const traceId = toTraceId(look.trace.toString(16).padStart(32, "0"));
    const { requester, purpose, familyId } = look;
    const state = new RequestState(
      { requester, purpose, traceId, origin: "-", today: TODAY },
      {
        loadRecords: async () => records,
        loadRequester: async () => NOTHING_BEFORE,
        loadTeams: async () => [],
        decider: this.#decider,
        holders: holdersOf(region),
      },
    );
    const family = { type: "Family", id: familyId } as const;
    await state.load([family]);
    await this.#look(state, look, family);
    return entriesOf(state, "2026-01-01").map((entry) => ({
      recordedAt: look.at,
      traceId: entry.traceId,
      act: entry.act,
      outcome: entry.outcome,
      organisation: entry.organisation,
      workerFunction: entry.workerFunction,
      purpose: entry.purpose,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      source: entry.source,
      delivered: entry.categoriesDelivered,
      withheld: entry.categoriesWithheld,
    }));
  }

  async #look(state: RequestState, look: Look, family: { type: "Family"; id: string }): Promise<void> {
    const root = ROOT_FIELDS["Query.family"];
    if (!root) throw new Error("There is no field to look at a family by.");
    const access = {
      subject: state.ledgerSubject(family),
      source: "families",
      operation: "family",
      act: "READ",
    } as const;
    const gate = gateOf(state, { rootType: "Query" } as RootFetch, {
      node: undefined as never,
      responseKey: "family",
      name: "family",
      root,
      arguments: {},
      subject: family,
    });
    if (!gate.open) {
      state.ledger.refused(access, gate.code, gate.by);
      return;
    }
    state.ledger.access(access.subject, access.source, access.operation);
    const members = state.recordOf(family)?.members ?? [];
    const subjects = [family, ...members.map(({ id }) => ({ type: "Person" as const, id }))];
    const representations = subjects.map(({ type, id }) => ({ __typename: type, id }));
    for (const source of ["families", ...Object.keys(look.fields)]) {
      const shape = this.#shapeOf(source, look);
      if (!shape) continue;
      await fetchEntities(
        { source, index: this.index, client: emptySources, inMaintenance: NO_MAINTENANCE, log },
        { shape, variables: { representations }, state },
      );
    }
  }

  #shapeOf(source: string, { fields }: Look): EntityFetch | undefined {
    const { family = [], person = [] } = fields[source] ?? {};
    const selections =
      source === "families"
        ? ["... on Person { role }"]
        : [this.#fragment(source, "Family", family), this.#fragment(source, "Person", person)];
    const text = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selections.join(" ")} } }`;
    if (selections.every((one) => one === "")) return undefined;
    const known = this.#shapes.get(text);
    if (known) return known;
    const shape = readFetch(parse(text), this.index);
    if (shape.kind !== "entities") throw new Error("Not a fetch of entities.");
    this.#shapes.set(text, shape);
    return shape;
  }

  #fragment(source: string, type: "Family" | "Person", names: readonly string[]): string {
    if (names.length === 0) return "";
    const { field } = this.#organisation(source);
    const dossier = this.index.fields.get(type)?.get(field)?.type ?? "";
    const asked = names.map((name) => {
      const inner = this.index.fields.get(dossier)?.get(name)?.type ?? "";
      return this.index.fields.has(inner) ? `${name} { __typename }` : name;
    });
    return `... on ${type} { ${field} { ${asked.join(" ")} } }`;
  }

  #organisation(source: string) {
    const found = region.organisations.find(({ code }) => (code as string) === source);
    if (!found) throw new Error("No such source.");
    return found;
  }
}
