// Writes a made-up world into the hub's database, as the owner of the tables.

import type { ClientBase, Pool } from "pg";
import { appendEntries } from "../../../shared/access-log/append-entries";
import { processingLinesOf } from "../../../shared/access-log/processing-lines";
import { SubjectKeys } from "../../../shared/access-log/subject-keys";
import { toOrganisationCode, toTraceId, toWorkerId } from "../../../shared/kernel/ids";
import type { LogEntryRow, ReferralRow, World } from "../../oracle/world";
import { anEntry } from "../access-log-entries";

const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const LOG_PATIENCE_MS = 60_000;

async function insert(client: ClientBase, table: string, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first).map(snake).join(", ");
  const values = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value as unknown])),
  );
  await client.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(values)],
  );
}

/** A referral cannot be without its history: here the one step that made it what it is. */
const eventOf = (one: ReferralRow) => ({
  referralId: one.id,
  version: one.version,
  action: "refer",
  toState: one.state,
  party: "SENDER",
  organisation: one.senderOrganisation,
  worker: one.senderWorker,
  codes: [],
  ownerOrganisation: one.ownerOrganisation,
  receiverOrganisation: one.receiverOrganisation,
});

const DELIVERIES: Readonly<Partial<Record<ReferralRow["state"], string>>> = {
  SUBMITTED: "PENDING",
  WITHDRAWN: "CANCELLED",
};

/** Nor without its way to the receiver. */
const deliveryOf = (one: ReferralRow) => ({
  referralId: one.id,
  kind: "REFERRAL",
  version: one.version,
  organisation: one.receiverOrganisation,
  ownerOrganisation: one.senderOrganisation,
  state: DELIVERIES[one.state] ?? "DELIVERED",
  attempts: 1,
  dueAt: one.createdAt,
  createdAt: one.createdAt,
  endedAt: one.state === "SUBMITTED" ? null : (one.receivedAt ?? one.createdAt),
});

/** Nothing but the log's own door adds to the log. */
async function writeLog(owner: Pool, rows: readonly LogEntryRow[]): Promise<void> {
  const entries = rows.map(({ id: _made, traceId, worker, organisation, ...row }) =>
    anEntry({
      ...row,
      traceId: toTraceId(traceId),
      worker: toWorkerId(worker),
      organisation: toOrganisationCode(organisation),
    }),
  );
  const lines = processingLinesOf(entries, {});
  const withLines = entries.map((entry, place) => ({ entry, lines: lines[place] ?? [] }));
  await appendEntries(owner, new SubjectKeys(), withLines, performance.now() + LOG_PATIENCE_MS);
}

/** Writes all rows; a table is named as its list, a column as its property. Rejects with the driver's error. */
export async function writeWorld(owner: Pool, world: World): Promise<void> {
  const { logEntry, ...rows } = world.rows;
  if (logEntry.length > 0) await writeLog(owner, logEntry);
  const client = await owner.connect();
  try {
    await client.query("begin");
    for (const [name, list] of Object.entries(rows) as [keyof typeof rows, readonly object[]][]) {
      await insert(client, `hub.${snake(name)}`, list);
    }
    await insert(client, "hub.referral_event", rows.referral.map(eventOf));
    await insert(client, "hub.referral_delivery", rows.referral.map(deliveryOf));
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
