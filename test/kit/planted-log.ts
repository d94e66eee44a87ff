// A log of which each entry stands at a moment that a test chose, with the register that it is compared with.

import { randomBytes, randomUUID } from "node:crypto";
import type { NewAccessLogEntry } from "../../shared/access-log/access-log-entry";
import { appendEntries } from "../../shared/access-log/append-entries";
import { processingLinesOf } from "../../shared/access-log/processing-lines";
import { SubjectKeys } from "../../shared/access-log/subject-keys";
import type { WorkerFunction } from "../../shared/kernel/codes";
import { toOrganisationCode, toTraceId, toWorkerId } from "../../shared/kernel/ids";
import { anEntry } from "./access-log-entries";
import { inThePast } from "./built-log";
import type { TestDatabase } from "./database";

/** One request: its entries have one trace id and one commit. Requests must be given in the order of their moments. */
export interface PlantedRequest {
  /** ISO 8601 with a zone. */
  readonly at: string;
  readonly entries: readonly NewAccessLogEntry[];
}

/** Writes these requests to the log at their moments. */
export async function plant(database: TestDatabase, requests: readonly PlantedRequest[]): Promise<void> {
  const keys = new SubjectKeys();
  for (const { at, entries } of requests) {
    const back = `${(Date.now() - Date.parse(at)) / 1_000} seconds`;
    const traceId = toTraceId(randomBytes(16).toString("hex"));
    const traced = entries.map((entry) => ({ ...entry, traceId }));
    const lines = processingLinesOf(traced, {});
    await inThePast(database.owner, back, () =>
      appendEntries(
        database.pool,
        keys,
        traced.map((entry, n) => ({ entry, lines: lines[n] ?? [] })),
        performance.now() + 60_000,
      ),
    );
  }
}

/** A look of a worker, such as `lokalis.worker`, at a family: something out of its plan at SAVE, unless `change` says otherwise. */
export function aLook(
  worker: string,
  workerFunction: WorkerFunction,
  familyId: string,
  change: Partial<NewAccessLogEntry> = {},
): NewAccessLogEntry {
  return anEntry({
    worker: toWorkerId(worker),
    organisation: toOrganisationCode(worker.split(".")[0] ?? ""),
    workerFunction,
    subjectId: familyId,
    familyId,
    ...change,
  });
}

/** A family of the register with the organisations that are involved, from long ago. */
export async function aFamily(
  { owner }: TestDatabase,
  familyId: string,
  organisations: readonly string[] = ["lokalis"],
): Promise<void> {
  await owner.query(
    "insert into hub.family (id, status, inflow, opened_on) values ($1, 'OPEN', 'TEAM', '2020-01-01')",
    [familyId],
  );
  await owner.query(
    `insert into hub.involvement (family_id, organisation, case_reference, began_on)
     select $1, o, $1, '2020-01-01' from unnest($2::text[]) as o`,
    [familyId, organisations],
  );
}

/** Who works with a family, and on which days. */
export interface PlantedAssignment {
  readonly worker?: string;
  readonly team?: string;
  readonly from?: string;
  readonly until?: string;
  readonly relation?: "ASSIGNED" | "STAND_IN" | "DUO";
}

/** Assigns a worker or a team of an organisation to a family; gives the id. */
export async function anAssignment(
  { owner }: TestDatabase,
  familyId: string,
  organisation: string,
  { worker, team, from = "2020-01-01", until, relation = "ASSIGNED" }: PlantedAssignment,
): Promise<string> {
  const id = randomUUID();
  await owner.query(
    `insert into hub.assignment (id, family_id, organisation, worker_id, team, relation, from_on, until_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, familyId, organisation, worker, team, relation, from, until],
  );
  return id;
}
