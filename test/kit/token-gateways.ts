// Gateways of a hub that know issuers of a test's own, by an issuers file.

import { writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { post, type Answer, type HubPlace } from "./hub";
import { startSecondGateway } from "./second-gateway";
import { makeTestFolder } from "./test-folders";
import { asOwner } from "./hub-database";

/** Gateways that share a hub and an issuers file. */
export interface TokenGateways {
  readonly ports: readonly number[];
  stop(): Promise<void>;
}

/** What a door holds back in a flood is tested elsewhere; here all of it is to reach the tokens. */
const NO_RATES = {
  SCHAKEL_RATE_PER_WORKER: "0",
  SCHAKEL_RATE_PER_ORGANISATION: "0",
  SCHAKEL_RATE_PER_ADDRESS: "0",
  SCHAKEL_MAX_REQUESTS_PER_ADDRESS: "2000",
  SCHAKEL_MAX_CONNECTIONS_PER_ADDRESS: "2000",
};

/** Starts gateways with this issuers file; `issuers` is what stands in it. */
export async function startTokenGateways(
  place: HubPlace,
  issuers: readonly object[],
  count: number,
): Promise<TokenGateways> {
  const folder = makeTestFolder();
  const file = join(folder, "issuers.json");
  writeFileSync(file, JSON.stringify({ issuers }), { mode: 0o600 });
  const started = await Promise.allSettled(
    Array.from({ length: count }, async () =>
      startSecondGateway(place, {}, { ...NO_RATES, SCHAKEL_ISSUERS_FILE: file }),
    ),
  );
  const gateways = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(gateways.map(async (one) => one.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  if (gateways.length < count) {
    await stop();
    throw new Error("A gateway did not start.");
  }
  return { ports: gateways.map((one) => one.port), stop };
}

/** What the log says of a request, as far as signing in is concerned. */
export interface SignInEntry {
  readonly outcome: string;
  readonly errorCode: string | null;
  readonly operation: string;
  readonly worker: string | null;
  readonly organisation: string | null;
}

/** An answer with what the log says of it. */
export interface Traced {
  readonly answer: Answer;
  readonly codes: readonly unknown[];
  readonly entries: readonly SignInEntry[];
}

/** What is asked when a test says nothing else: care of the family that the worker of the story works with. */
export const CARE_PLAN = '{ family(id: "OVV-06") { id lokalis { carePlan { summary } } } }';

/** Asks a gateway with a token as it is. */
export async function askWith(
  place: HubPlace,
  port: number,
  token: string,
  {
    query = CARE_PLAN,
    variables = {},
    purpose = "CARE",
  }: Readonly<{ query?: string; variables?: object; purpose?: string }> = {},
): Promise<Traced> {
  const traceId = randomBytes(16).toString("hex");
  const answer = await post(port, JSON.stringify({ query, variables }), {
    authorization: `Bearer ${token}`,
    purpose,
    traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
  });
  const entries = await asOwner(place, async (owner) => {
    const { rows } = await owner.query<SignInEntry>(
      `select outcome, error_code as "errorCode", operation, worker, organisation from access_log.entry
       where trace_id = $1 order by position`,
      [traceId],
    );
    return rows;
  });
  return { answer, entries, codes: (answer.body.errors ?? []).map((one) => one.extensions["code"]) };
}

/** Posts a logout token to a gateway, as an issuer does. */
export async function signOutAt(
  port: number,
  logoutToken: string,
): Promise<{ status: number; body: Readonly<Record<string, unknown>> | undefined }> {
  const response = await fetch(`http://127.0.0.1:${port}/sign-out`, {
    method: "POST",
    body: new URLSearchParams({ logout_token: logoutToken }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? undefined : (JSON.parse(text) as Record<string, unknown>),
  };
}
