// A log of three entries, and a privacy officer who asks it as the gateway does.

import { graphql, type GraphQLSchema } from "graphql";
import type { Pool } from "pg";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { openRuleBook } from "../../../shared/access-log/rule-words/rule-words";
import type { Purpose } from "../../../shared/kernel/codes";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createContext } from "../../../shared/subgraph-kit/context";
import { definition } from "../../../subgraphs/access-log/schema";
import { anEntry } from "../../kit/access-log-entries";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";

export const officer = aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER");

/** Writes what the questions of these tests find: two entries that concern Lokalis, and one that does not. */
export async function writeThree(pool: Pool): Promise<void> {
  const writer = createAccessLogWriter(pool);
  const rvdk = { organisation: toOrganisationCode("rvdk"), worker: toWorkerId("rvdk.investigator") } as const;
  for (const entry of [
    anEntry({ operation: "own worker at save", team: "team-noord", rules: ["no-rule", "MONTH_OVER"] }),
    anEntry({ operation: "other worker at lokalis", source: "lokalis", ...rvdk, purpose: "INVESTIGATION" }),
    anEntry({ operation: "other worker elsewhere", source: "save", ...rvdk, purpose: "INVESTIGATION" }),
  ]) {
    await writer.write([entry]);
  }
}

let schema: Promise<GraphQLSchema> | undefined;

/** Asks the register, and counts how often it asked the database something. */
export async function askRegister(
  pool: Pool,
  source: string,
  requester: Requester = officer,
  purpose: Purpose = "OVERSIGHT",
) {
  schema ??= buildSubgraphSchema(definition);
  const connect = jest.spyOn(pool, "connect");
  const contextValue = createContext(aGrant(requester, purpose), {
    kind: "hub",
    stores: { pool, region: UTRECHT, rules: openRuleBook() },
    ready: () => Promise.resolve(),
    close: () => Promise.resolve(),
  });
  const { data, errors } = await graphql({ schema: await schema, source, contextValue });
  const questions = connect.mock.calls.length;
  connect.mockRestore();
  return { data: JSON.parse(JSON.stringify(data ?? null)) as unknown, errors: errors ?? [], questions };
}
