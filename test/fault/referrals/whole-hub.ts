// A hub for referrals of which every part can be killed: two gateways, the registers, two workers whose clocks are off,
// PostgreSQL, Redis, and the own systems of three organisations, one of which never answers.

import { join } from "node:path";
import { ensureIssuerKeys, ensureKeys } from "../../../shared/launch/keys";
import { mintToken } from "../../../shared/launch/token/mint-token";
import { findPersona } from "../../kit/personas";
import { freePorts } from "../../kit/free-ports";
import { portOf, subgraphPortOf, type HubPlace } from "../../kit/hub-place";
import { startOwnSystem, type OwnSystem } from "../../kit/own-system";
import { startRedis, type TestRedis } from "../../kit/redis";
import { UNCOUNTED } from "../../kit/unhurried";
import { arrangeFamily, REGION } from "../../integration/referrals/arrange";
import { startHub, type KillableHub } from "./hub-of-processes";
import { startProcess, type KillableProcess, type ProcessPlan } from "./killable-process";

const TEN_MINUTES_MS = 600_000;
/** The registers of the hub. */
const REGISTERS = ["families", "referrals", "access-log"] as const;
/** Of the hub itself, and then of what it has twice. */
const PORTS = 24;
const SECOND_GATEWAY = 20;
const WORKERS = 21;

/** Such a hub. */
export interface WholeHub {
  readonly postgres: KillableHub;
  readonly redis: TestRedis | undefined;
  readonly gateways: readonly KillableProcess[];
  readonly register: KillableProcess;
  readonly workers: readonly KillableProcess[];
  readonly lokalis: OwnSystem;
  readonly save: OwnSystem;
  /** A family that the sender works with. */
  readonly familyId: string;
  /**
   * Sends a referral of Lokalis to an organisation through a gateway. Its id, or undefined when there was no answer that
   * says so: then it may be there or not, and is to be sent again under its key.
   */
  refer(gateway: number, idempotencyKey: string, receiver?: string): Promise<string | undefined>;
  remove(): Promise<void>;
}

const REFER = "mutation Refer($input: ReferInput!) { refer(input: $input) { id } }";

/** What ends each part that was started, in the order in which they were. */
type Endings = (() => Promise<unknown>)[];

/** Starts one, with its queue on PostgreSQL or on a Redis of its own; nothing of it is left when it cannot start. */
export async function startWholeHub(backend: "PostgreSQL" | "Redis"): Promise<WholeHub> {
  const endings: Endings = [];
  const remove = async (): Promise<void> => {
    for (const end of endings.splice(0).toReversed()) await end();
  };
  try {
    return { ...(await startParts(backend, endings)), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Starts processes at the same time; rejects when one does not, once all others have. */
async function startTogether(plans: readonly ProcessPlan[], endings: Endings): Promise<KillableProcess[]> {
  const starting = plans.map(async (plan) => {
    const begun = await startProcess(plan);
    endings.push(() => begun.kill());
    return begun;
  });
  await Promise.allSettled(starting);
  return Promise.all(starting);
}

async function startParts(
  backend: "PostgreSQL" | "Redis",
  endings: Endings,
): Promise<Omit<WholeHub, "remove">> {
  const postgres = await startHub();
  endings.push(() => postgres.remove());
  const redis = backend === "Redis" ? await startRedis() : undefined;
  if (redis) endings.push(() => redis.remove());
  const system = async (): Promise<OwnSystem> => {
    const begun = await startOwnSystem();
    endings.push(() => begun.stop());
    return begun;
  };
  const systems = { lokalis: await system(), save: await system(), rvdk: await system() };
  systems.rvdk.mood = "HANGS";
  const keysDirectory = join(postgres.folder, "keys");
  await ensureKeys(keysDirectory, REGION);
  await ensureIssuerKeys(keysDirectory, REGION);
  const ports = await freePorts(PORTS);
  const [base = 0] = ports;
  const place: HubPlace = { port: base, folder: postgres.folder };
  const extraPort = (index: number): number => ports[index] ?? 0;
  const common = {
    SCHAKEL_PORT: String(base),
    SCHAKEL_DATA_DIR: postgres.folder,
    DATABASE_URL: postgres.workingUrl,
    SCHAKEL_ISSUER_URL: `http://127.0.0.1:${portOf(place, "issuer")}`,
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };
  const plan = (
    port: number,
    command: ProcessPlan["command"],
    env: Record<string, string> = {},
  ): ProcessPlan => ({
    command,
    env: { ...common, ...env },
    readyUrl: `http://127.0.0.1:${port}/ready`,
  });
  const registerPlan = (name: (typeof REGISTERS)[number]): ProcessPlan =>
    plan(subgraphPortOf(place, name), [`subgraphs/${name}/main.js`]);
  const subgraphs = Object.fromEntries(
    REGISTERS.map((name) => [
      `SCHAKEL_SUBGRAPH_URL_${name.toUpperCase().replaceAll("-", "_")}`,
      `http://127.0.0.1:${subgraphPortOf(place, name)}/graphql`,
    ]),
  );
  const gatewayPort = (index: number): number => (index === 0 ? base : extraPort(SECOND_GATEWAY));
  const endpoints = Object.fromEntries(
    Object.entries(systems).flatMap(([code, { url, secrets }]) => [
      [`SCHAKEL_WEBHOOK_URL_${code.toUpperCase()}`, url],
      [`SCHAKEL_WEBHOOK_SECRETS_${code.toUpperCase()}`, secrets.join(" ")],
    ]),
  );
  const workerPlan = (index: number): ProcessPlan => ({
    ...plan(extraPort(WORKERS + index), ["subgraphs/referrals/main.js", "work"], {
      ...endpoints,
      SCHAKEL_WORKER_PORT: String(extraPort(WORKERS + index)),
    }),
    clockShiftMs: index === 0 ? TEN_MINUTES_MS : -TEN_MINUTES_MS,
  });
  const persona = findPersona("lokalis.worker");
  if (!persona) throw new Error("No such persona.");
  const familyId = await arrangeFamilyOf(postgres, persona.worker);
  await startTogether([{ command: ["shared/launch/demo-issuer/main.js"], env: common }], endings);
  const token = await mintToken({ persona, keysDirectory, issuerBaseUrl: common.SCHAKEL_ISSUER_URL });
  const [register, ...workers] = await startTogether(
    [registerPlan("referrals"), ...[0, 1].map(workerPlan)],
    endings,
  );
  await startTogether([registerPlan("families"), registerPlan("access-log")], endings);
  if (!register) throw new Error("The register of referrals is not there.");
  const gateways = await startTogether(
    [0, 1].map((index) =>
      plan(gatewayPort(index), ["gateway/main.js"], {
        ...subgraphs,
        ...UNCOUNTED,
        SCHAKEL_PORT: String(gatewayPort(index)),
      }),
    ),
    endings,
  );
  return {
    postgres,
    redis,
    gateways,
    register,
    workers,
    lokalis: systems.lokalis,
    save: systems.save,
    familyId,
    refer: async (gateway, idempotencyKey, receiver = "save") => {
      const input = {
        familyId,
        idempotencyKey,
        receiver,
        type: receiver === "rvdk" ? "INQUIRY_REQUEST" : "GUIDANCE",
        consentBasis: receiver === "rvdk" ? "INQUIRY_REQUEST" : "CONSENT_GIVEN",
        mode: "JOIN",
        urgency: "NORMAL",
        reasonCode: "EXPERTISE_NEEDED",
        familyInformed: { how: "SPOKEN", on: "2026-01-06" },
      };
      try {
        const response = await fetch(`http://127.0.0.1:${gatewayPort(gateway)}/graphql`, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            authorization: `Bearer ${token}`,
            purpose: "REFERRAL",
          },
          body: JSON.stringify({ query: REFER, variables: { input } }),
          signal: AbortSignal.timeout(20_000),
        });
        const answer = (await response.json()) as { data?: { refer?: { id?: string } | null } | null };
        return answer.data?.refer?.id;
      } catch {
        return undefined;
      }
    },
  };
}

/** A family with a child, that this worker of Lokalis works with. */
async function arrangeFamilyOf(postgres: KillableHub, worker: string): Promise<string> {
  const familyId = await arrangeFamily(postgres.pool);
  const owner = await postgres.owner();
  try {
    await owner.query(
      `insert into hub.person (id, family_id, role, birth_date)
       values ($1 || '-1', $1, 'PARENT', '1988-02-03'), ($1 || '-2', $1, 'CHILD', '2019-05-06')`,
      [familyId],
    );
    await owner.query(
      `insert into hub.involvement (family_id, organisation, case_reference, began_on)
       values ($1, 'lokalis', 'T-1', '2026-01-05')`,
      [familyId],
    );
    await owner.query(
      `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on)
       values (gen_random_uuid(), $1, 'lokalis', $2, 'ASSIGNED', '2026-01-05')`,
      [familyId, worker],
    );
  } finally {
    await owner.end();
  }
  return familyId;
}
