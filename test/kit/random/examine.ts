// Sends one operation through the door, and looks at all that comes of it: the answer, and what was asked of whom.

import { randomBytes } from "node:crypto";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { request } from "undici";
import type { RunningGateway } from "../../../gateway/gateway";
import type { Purpose } from "../../../shared/kernel/codes";
import { faultsAsked } from "../../oracle/check-asked";
import { faultsIn, type CameBody, type Fault, type IsOpen } from "../../oracle/compare-answer";
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

/** Times that is asked again when the hub says that it cannot answer now. */
const MOST_ATTEMPTS = 4;
const CANNOT_NOW = 503;

/** Sends it; what the hub could not answer for lack of its own database is asked again, as it says itself. */
async function ask(url: string, one: Case, attempt = 1): Promise<{ came: CameBody; traceId: string }> {
  const { asker, purpose, query, operationName, variables } = one;
  const traceId = randomBytes(16).toString("hex");
  // A connection for each: what is measured here is no client's patience with an old one.
  const { statusCode, body } = await request(url, {
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
  const came = (await body.json()) as CameBody;
  return statusCode === CANNOT_NOW && attempt < MOST_ATTEMPTS
    ? ask(url, one, attempt + 1)
    : { came, traceId };
}

/** Asks, and compares with the oracle. */
export async function examine({ hub, gateway, schema, contract }: Setting, one: Case): Promise<Examined> {
  const { register, asker, purpose, document, operationName, variables } = one;
  const { came, traceId } = await ask(gateway.url, one);
  const asked = hub.takeAsked(traceId);
  const judge = new Judge(register, asker, purpose);
  const isOpen: IsOpen = (about, organisation, category) => {
    const holder = contract.holderOf(organisation);
    // That somebody belongs to a family is the hub's to tell about either.
    return holder.kind === "HUB" || judge.judge(about, holder, category).outcome === "PERMIT";
  };
  const actual = came.data;
  const expected = expectAnswer({
    schema,
    contract,
    register,
    judge,
    asker,
    document,
    operationName,
    variables,
    actual,
  });
  return {
    faults: [
      ...faultsIn(came, expected, isOpen),
      ...faultsAsked(asked, { contract, register, judge, asker, purpose }),
    ],
    judged: expected.judged,
    requests: asked.length,
  };
}
