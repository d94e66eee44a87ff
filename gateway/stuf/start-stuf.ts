// Messages of the chain at a gateway: what is sent, and the door at which they come in. A region that sends none has neither.

import path from "node:path";
import type { Pool } from "pg";
import type { AccessLogWriter } from "../../shared/access-log/access-log-writer";
import { isErrorCode, type ErrorCode } from "../../shared/kernel/errors";
import { start } from "../../shared/kernel/lifecycle";
import type { Logger } from "../../shared/kernel/logger";
import { today } from "../../shared/kernel/plain-date";
import type { Region } from "../../shared/region/region";
import type { RequestState, StateDeps } from "../federate/request-state";
import type { SubgraphClient } from "../federate/subgraph-client";
import type { Execute } from "../gateway";
import { createDoorRecord } from "../record/refused-at-door";
import { createUserCheck } from "./check-user";
import type { DecideDeps } from "./decide-inquiry";
import type { MessageDoorSettings } from "./listen";
import { openMessageDoor } from "./message-door";
import { newTrace, refusalsOn } from "./on-record";
import { buryTaken } from "./outbox";
import { startPost } from "./post";
import { receiversOf } from "./receivers";
import type { StufSettings } from "./settings";
import { NOTIFICATION_STEPS, type TakeDeps } from "./take-notification";

/** What it stands on. */
export interface StufDeps {
  readonly pool: Pool;
  readonly region: Region;
  readonly client: SubgraphClient;
  readonly state: StateDeps;
  readonly accessLog: AccessLogWriter;
  readonly writeTasks: DecideDeps["writeTasks"];
  readonly policySet: string;
  readonly execute: Execute;
  readonly settings: StufSettings & { readonly SCHAKEL_HOST: string; readonly NODE_ENV: string };
  readonly log: Logger;
}

/** The input types of the steps, by their mutations. */
const INPUTS = {
  reviewReferral: "ReferralStepInput",
  startReferral: "ReferralStepInput",
  completeReferral: "CompleteReferralInput",
} as const satisfies Record<(typeof NOTIFICATION_STEPS)[number], string>;

/** Takes steps as a system does: through the rules, and on record. */
const stepsBy =
  (execute: Execute): TakeDeps["takeStep"] =>
  async ({ requester }, { mutation, input }, origin) => {
    const asking: RequestState["asking"] = {
      requester,
      mutations: NOTIFICATION_STEPS,
      purpose: "REFERRAL",
      traceId: newTrace(),
      origin,
      today: today(),
      startedAt: Date.now(),
    };
    const query = `mutation notification($input: ${INPUTS[mutation]}!) { ${mutation}(input: $input) { id state } }`;
    const errors = await execute(asking, { query, variables: { input } });
    const [code] = errors.map(({ extensions }): ErrorCode => {
      const given = extensions?.["code"];
      return isErrorCode(given) ? given : "INTERNAL";
    });
    return code;
  };

function doorSettings({ settings }: StufDeps): MessageDoorSettings | undefined {
  const {
    SCHAKEL_STUF_PORT: port,
    SCHAKEL_STUF_TLS_DIR: directory,
    SCHAKEL_STUF_DOOR_SECRET: secret,
  } = settings;
  if (port === undefined) return undefined;
  const isProduction = settings.NODE_ENV === "production";
  return {
    host: settings.SCHAKEL_HOST,
    port,
    ...(directory === undefined
      ? {}
      : {
          tls: {
            files: { directory: path.resolve(directory), name: "gateway", isProduction },
            peer: settings.SCHAKEL_STUF_PEER_NAME,
          },
        }),
    ...(secret === undefined ? {} : { user: createUserCheck(secret) }),
  };
}

/** Starts both; resolves with what stops them. */
export async function startStuf(deps: StufDeps): Promise<() => Promise<void>> {
  const { region, accessLog, log, pool } = deps;
  const receivers = receiversOf(region);
  const door = doorSettings(deps);
  if (receivers.size === 0) return async () => undefined;
  const senders = new Map(
    region.organisations.flatMap(({ code, chain }) =>
      chain && !receivers.has(code) ? [[chain.oin, chain] as const] : [],
    ),
  );
  return start([
    {
      name: "door for messages of the chain",
      start: async () => {
        if (!door) return undefined;
        const opened = await openMessageDoor(
          {
            pool,
            receivers,
            senders,
            log,
            takeStep: stepsBy(deps.execute),
            bury: async (receiver, reference, fault) => buryTaken(pool, receiver, reference, fault),
            ...refusalsOn(createDoorRecord(accessLog, log)),
          },
          door,
        );
        return opened.stop;
      },
    },
    {
      name: "post of messages of the chain",
      start: async () => startPost({ ...deps, receivers }),
    },
  ]);
}
