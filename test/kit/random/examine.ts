// Sends one operation through the door, and looks at all that comes of it: the answer, and what was asked of whom.

import { randomBytes } from "node:crypto";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { request } from "undici";
import type { RunningGateway } from "../../../gateway/gateway";
import type { Purpose } from "../../../shared/kernel/codes";
import { faultsAsked } from "../../oracle/check-asked";
import { faultsIn, type CameBody, type Fault } from "../../oracle/compare-answer";
import type { Contract } from "../../oracle/contract";
import { expectAnswer, type Judged } from "../../oracle/expected-answer";
import type { Register } from "../../oracle/household";
import { Judge } from "../../oracle/judge";
import type { Asker } from "../../oracle/world";
import { tokenOf, type RandomHub } from "./random-hub";

/** What is asked, by whom, in which world. */
export interface Case {
  readonly register: Register;
  readonly asker: Asker;
  readonly purpose: Purpose;
  readonly query: string;
  readonly document: DocumentNode;
  readonly operationName: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Where it is asked, and what the oracle needs beside the world. */
export interface Setting {
  readonly hub: RandomHub;
  readonly gateway: RunningGateway;
  readonly schema: GraphQLSchema;
  readonly contract: Contract;
}

/** What came of it. */
export interface Examined {
  readonly faults: readonly Fault[];
  readonly judged: readonly Judged[];
  /** Requests that reached a subgraph. */
  readonly requests: number;
}

/** Asks, and compares with the oracle. */
export async function examine({ hub, gateway, schema, contract }: Setting, one: Case): Promise<Examined> {
  const { register, asker, purpose, query, operationName, variables } = one;
  const traceId = randomBytes(16).toString("hex");
  // A connection for each: what is measured here is no client's patience with an old one.
  const response = await request(gateway.url, {
    method: "POST",
    reset: true,
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${tokenOf(asker)}`,
      purpose,
      traceparent: `00-${traceId}-${traceId.slice(16)}-01`,
    },
    body: JSON.stringify({ query, operationName, variables }),
  });
  const came = (await response.body.json()) as CameBody;
  const asked = hub.takeAsked(traceId);
  const judge = new Judge(register, asker, purpose);
  const expected = expectAnswer({
    schema,
    contract,
    register,
    judge,
    asker,
    document: one.document,
    operationName,
    variables,
    actual: came.data,
  });
  return {
    faults: [
      ...faultsIn(came, expected),
      ...faultsAsked(asked, { contract, register, judge, asker, purpose }),
    ],
    judged: expected.judged,
    requests: asked.length,
  };
}
