// The mother of OVV-06 and others who read who looked, as the gateway would let them, and looks at the family.

import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import type { NewAccessLogEntry } from "../../../shared/access-log/access-log-entry";
import type { Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { toOrganisationCode, toTraceId, toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { anEntry } from "../../kit/access-log-entries";
import { inThePast } from "../../kit/built-log";
import type { TestDatabase } from "../../kit/database";
import { askRegister } from "./arrange-questions";

/** A member of a family. */
export const aMember = (id: string, workerFunction: WorkerFunction = "PARENT"): Requester => ({
  worker: toWorkerId(id),
  organisation: toOrganisationCode("family"),
  kind: "FAMILY",
  legalEntity: "family",
  workerFunction,
});
export const MOTHER = aMember("OVV-06-1");

/** A line of a report, as it is asked here. */
export interface SeenLine {
  readonly day: string;
  readonly hour: number;
  readonly organisationCode: string;
  readonly purpose: string | null;
  readonly what: readonly { readonly how: string; readonly categories: readonly string[] }[];
  readonly text: string;
}
/** A page of it. */
export interface SeenReport {
  readonly title: string;
  readonly explanation: readonly string[];
  readonly edges: readonly { readonly cursor: string; readonly node: SeenLine }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const LINE = `day hour when organisation organisationCode workerFunction purpose why ground
  what { how categories sentence } text`;

/** Asks for a report; gives the page, or the codes of the errors. */
export async function readReport(
  database: TestDatabase,
  requester: Requester = MOTHER,
  args = "",
  purpose: Purpose = "SUBJECT_RIGHTS",
): Promise<{ report: SeenReport | null; codes: unknown[] }> {
  const { data, errors } = await askRegister(
    database.pool,
    `{ myAccessReport${args === "" ? "" : `(${args})`} { title explanation edges { cursor node { ${LINE} } } pageInfo { hasNextPage endCursor } } }`,
    requester,
    purpose,
  );
  return {
    report: (data as { myAccessReport: SeenReport | null } | null)?.myAccessReport ?? null,
    codes: errors.map(({ originalError }) => (originalError as { code?: string } | undefined)?.code),
  };
}

/** A look at the family and one of its members, hours ago; each its own request. */
export interface PastLook {
  readonly trace: number;
  readonly hoursAgo: number;
  readonly subjectId?: string;
  readonly change?: Partial<NewAccessLogEntry>;
  /** What was asked of the household besides. */
  readonly household?: Partial<NewAccessLogEntry>;
}

export const traceOf = (n: number) => toTraceId(n.toString(16).padStart(32, "0"));

/** Puts looks in the log, the longest ago first. */
export async function putLooks(database: TestDatabase, looks: readonly PastLook[]): Promise<void> {
  for (const look of looks.toSorted((one, other) => other.hoursAgo - one.hoursAgo)) {
    const { trace, hoursAgo, subjectId = "OVV-06-1", change = {}, household } = look;
    const common = { traceId: traceOf(trace), familyId: "OVV-06", ...change };
    const family = { ...common, subjectType: "FAMILY", subjectId: "OVV-06" } as const;
    await inThePast(database.owner, `${hoursAgo} hours`, () =>
      createAccessLogWriter(database.pool).write([
        anEntry({ ...family, source: "families", categoriesDelivered: [], categoriesWithheld: [] }),
        ...(household ? [anEntry({ ...family, source: "save", ...household })] : []),
        anEntry({ ...common, subjectType: "PERSON", subjectId, ...change }),
      ]),
    );
  }
}
