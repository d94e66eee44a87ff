// What the tests of webhooks start from: two own systems that listen, and a worker's run over what is due for one of them.

import { toOrganisationCode, type OrganisationCode } from "../../../shared/kernel/ids";
import type { Endpoints } from "../../../subgraphs/referrals/source/delivery/webhook/endpoint-settings";
import { registerEndpoints } from "../../../subgraphs/referrals/source/delivery/webhook/endpoint-state";
import { runWebhooks } from "../../../subgraphs/referrals/source/delivery/webhook/run";
import { createSender } from "../../../subgraphs/referrals/source/delivery/webhook/send";
import type { TestDatabase } from "../../kit/database";
import { newSecret, startOwnSystem, type OwnSystem } from "../../kit/own-system";
import { SILENT } from "./arrange";

export const SAVE = toOrganisationCode("save");
export const LOKALIS = toOrganisationCode("lokalis");
/** How long these workers wait for an answer. */
const TIMEOUT_MS = 300;

/** Words in the order of the alphabet. */
export const inOrder = (words: readonly string[]): string[] =>
  words.toSorted((one, other) => (one < other ? -1 : 1));

/** Own systems of SAVE and Lokalis, well and known to the hub at the begin of each test of a file. */
export function withOwnSystems(database: TestDatabase) {
  const systems = new Map<OrganisationCode, OwnSystem>();
  const systemOf = (code: OrganisationCode): OwnSystem => {
    const system = systems.get(code);
    if (!system) throw new Error("No such system.");
    return system;
  };
  const quick = createSender(TIMEOUT_MS);

  beforeAll(async () => {
    systems.set(SAVE, await startOwnSystem([newSecret(), newSecret()]));
    systems.set(LOKALIS, await startOwnSystem());
  });
  afterAll(async () => {
    await quick.close();
    await Promise.all([...systems.values()].map((one) => one.stop()));
  });
  beforeEach(async () => {
    await database.owner.query(
      "update hub.referral_delivery set state = 'CANCELLED', ended_at = now() where state = 'PENDING'",
    );
    await database.owner.query("delete from hub.webhook_endpoint");
    await registerEndpoints(database.pool, [SAVE, LOKALIS]);
    for (const system of systems.values()) {
      system.mood = "WELL";
      system.incoming.length = 0;
      system.effects.clear();
      system.refused = 0;
    }
  });

  const endpoints = (): Endpoints =>
    new Map(
      [...systems].map(([organisation, { url, secrets }]) => [
        organisation,
        {
          organisation,
          url: new URL(url),
          secrets: secrets.map((one) => Buffer.from(one.slice("whsec_".length), "base64")),
        },
      ]),
    );
  const run = (organisation: OrganisationCode = SAVE): Promise<void> =>
    runWebhooks(
      {
        pool: database.pool,
        log: SILENT,
        endpoints: endpoints(),
        sender: quick,
        stopping: new AbortController().signal,
      },
      organisation,
    );
  /** Lets time pass: every pause is over. */
  const later = async (): Promise<void> => {
    await database.owner.query("update hub.referral_delivery set due_at = now() where state = 'PENDING'");
    await database.owner.query("update hub.webhook_endpoint set rest_until = now()");
  };
  const toldTo = (organisation: OrganisationCode): string[] =>
    inOrder([...systemOf(organisation).effects.values()].map(({ type }) => String(type)));
  const waiting = async (organisation: OrganisationCode): Promise<number> => {
    const { rows } = await database.owner.query<{ count: number }>(
      `select count(*)::int as count from hub.referral_delivery
     where kind = 'WEBHOOK' and state = 'PENDING' and organisation = $1`,
      [organisation],
    );
    return rows[0]?.count ?? 0;
  };
  const endpointOf = async (organisation: OrganisationCode) => {
    const { rows } = await database.owner.query(
      "select state, reason, failures from hub.webhook_endpoint where organisation = $1",
      [organisation],
    );
    return rows[0];
  };
  const tasksOf = async (organisation: OrganisationCode, familyId: string) => {
    const { rows } = await database.owner.query(
      "select obligation, rule, cause, about from hub.task where organisation = $1 and family_id = $2 order by rule",
      [organisation, familyId],
    );
    return rows;
  };

  return { systemOf, run, later, toldTo, waiting, endpointOf, tasksOf };
}
