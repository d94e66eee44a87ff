// A gateway in this process over a small supergraph, with nothing behind it: for what the door says before any source is
// asked. The bearer token is the name of the worker, such as `lokalis.worker`; who ends in `.reviewer` is a reviewer.

import { createGateway, type GatewayDeps, type RunningGateway } from "../../gateway/gateway";
import { holdersOf } from "../../gateway/federate/region-parts";
import type { SignIn } from "../../gateway/identify/sign-in";
import { loadDecider } from "../../gateway/policy-files";
import type { AccessLogEntry } from "../../shared/access-log/access-log-entry";
import { createLogger } from "../../shared/kernel/logger";
import type { Requester } from "../../shared/kernel/requester";
import { UTRECHT, aRequester } from "./requesters";
import { sendRaw, type RawAnswer, type RawRequest } from "./send-raw";
import { smallIndex, smallSupergraph } from "./small-supergraph";

/** A door that is open. */
export interface SmallDoor extends RunningGateway {
  readonly port: number;
  /** Codes of the refusals that were put on record. */
  readonly recorded: readonly string[];
  /** Sends a request in the name of a worker. */
  readonly send: (
    what: Omit<RawRequest, "port"> & { readonly worker?: string; readonly json?: unknown },
  ) => Promise<RawAnswer>;
}

/** A question that is let in, and finds nothing. */
export const GOOD = '{ family(id: "OVV-06") { id } }';

/** Signing in by a token that says who asks; nobody signs out. */
export const signInBy = (requesterOf: (token: string) => Requester): SignIn => ({
  verifyToken: async (token) => ({ requester: requesterOf(token), subject: token, issuedAt: 0 }),
  refuseEnded: async () => undefined,
  signOut: async () => ({ issuer: "hub", session: undefined, subject: undefined }),
});

/** Opens a door; what is given replaces what it stands on. */
export async function openSmallDoor(deps: Partial<GatewayDeps> = {}): Promise<SmallDoor> {
  const recorded: string[] = [];
  const gateway = await createGateway({
    supergraph: smallSupergraph(),
    index: smallIndex(),
    client: {
      ask: async () => ({ ok: true, data: {}, errors: [], extensions: {} }),
      close: async () => undefined,
    },
    state: {
      loadRecords: async () => [],
      loadRequester: async () => ({ unreviewedEmergency: false, readBefore: new Set() }),
      loadTeams: async () => [],
      decider: loadDecider(),
      holders: holdersOf(UTRECHT),
    },
    signIn: signInBy((token) => aRequester(token, token.endsWith(".reviewer") ? "REVIEWER" : "WORKER")),
    accessLog: {
      write: async (entries: readonly AccessLogEntry[]) => {
        recorded.push(...entries.flatMap(({ errorCode }) => errorCode ?? []));
      },
    },
    writeTasks: async () => undefined,
    policySet: "test",
    introspection: false,
    names: new Map(),
    missing: async () => [],
    log: createLogger("test", "silent"),
    host: "127.0.0.1",
    port: 0,
    ...deps,
  });
  const port = Number(new URL(gateway.url).port);
  return {
    ...gateway,
    port,
    recorded,
    send: async ({ worker = "lokalis.worker", json, headers, ...what }) =>
      sendRaw({
        port,
        headers: { authorization: `Bearer ${worker}`, purpose: "CARE", ...headers },
        body: JSON.stringify(json ?? { query: GOOD }),
        ...what,
      }),
  };
}

/** The codes of an answer. */
export function codesOf({ text }: RawAnswer): unknown[] {
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
  return errors.map(({ extensions }) => extensions.code);
}
