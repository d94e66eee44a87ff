// The demo register in a database of its own, for tests of what workers change in it.

import { randomUUID } from "node:crypto";
import { graphql, type GraphQLSchema } from "graphql";
import { loadFamilyRecords, type FamilyRecord } from "../../../shared/database/family-records";
import type { Purpose } from "../../../shared/kernel/codes";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createContext, type Delivery } from "../../../shared/subgraph-kit/context";
import { definition } from "../../../subgraphs/families/schema";
import type { FamiliesStores } from "../../../subgraphs/families/source/families-stores";
import { findCaseload } from "../../../subgraphs/families/source/find-caseload";
import { withDatabase, type TestDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { aGrant, UTRECHT } from "../../kit/requesters";
import { NOT_PROBED } from "../../kit/probe";
import { UNLIMITED } from "../../kit/search-limit";

const DAY_MS = 86_400_000;

/** The day so many days after today; negative for one before. */
export const daysFromToday = (days: number): string =>
  new Date(Date.parse(today()) + days * DAY_MS).toISOString().slice(0, 10);

/** A key that no other request has. */
export const aKey = (): { readonly idempotencyKey: string } => ({ idempotencyKey: randomUUID() });

/** A register that holds the demo. */
export interface Register {
  readonly database: TestDatabase;
  readonly stores: () => FamiliesStores;
  /** What the gateway would load of a family for its next request. */
  readonly recordOf: (familyId: string) => Promise<FamilyRecord>;
  /** The last two digits of the families that a worker works with now. */
  readonly caseload: (requester: Requester) => Promise<string>;
}

/** Call it at the top of a test file. */
export function withRegister(): Register {
  const database = withDatabase();
  beforeAll(() => seedDemoRegister(database.pool));
  return {
    database,
    stores: () => ({ pool: database.pool, region: UTRECHT }),
    recordOf: async (familyId) => {
      const [record] = await loadFamilyRecords(database.pool, { familyIds: [familyId], personIds: [] });
      if (!record) throw new Error("No such family in the register.");
      return record;
    },
    caseload: async (requester) => {
      const { edges } = await findCaseload(database.pool, requester, { first: 100 });
      return edges.map(({ node }) => node.id.slice(-2)).join(" ");
    },
  };
}

/** What the subgraph answers: data, the codes of its errors, and what it says that it delivered. */
export interface Answer {
  readonly data: unknown;
  readonly codes: readonly unknown[];
  readonly deliveries: readonly Delivery[];
}

/** Asks the subgraph as the gateway does. */
export type Ask = (requester: Requester, source: string, purpose?: Purpose) => Promise<Answer>;

/** Call it at the top of a test file; the subgraph stands on this register. */
export function withContract({ stores }: Register): Ask {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await buildSubgraphSchema(definition);
  });
  return async (requester, source, purpose = "CARE") => {
    const contextValue = createContext(aGrant(requester, purpose), {
      kind: "hub",
      stores: { ...stores(), pseudonymKeys: new Map(), searchLimit: UNLIMITED, probe: NOT_PROBED },
      ready: () => Promise.resolve(),
      close: () => Promise.resolve(),
    });
    const { data, errors = [] } = await graphql({ schema, source, contextValue });
    return {
      data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
      codes: errors.map(({ originalError }) => (originalError as { code?: string } | undefined)?.code),
      deliveries: contextValue.deliveries,
    };
  };
}
