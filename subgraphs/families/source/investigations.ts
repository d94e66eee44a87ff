// Examinations: opening one opens files to who examines, so the kind goes with the function, and closing holds at once.

import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { onRecord } from "../../../shared/database/record-unavailable";
import type { InvestigationKind } from "../../../shared/database/register-codes";
import type { OrganisationKind, WorkerFunction } from "../../../shared/kernel/codes";
import { SchakelError } from "../../../shared/kernel/errors";
import type { OrganisationCode } from "../../../shared/kernel/ids";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { INVESTIGATION_COLUMNS, toInvestigation, type InvestigationRow } from "../mapping/investigation";
import type { Investigation } from "../types/investigation";
import { FAMILIES_OF_WORKER, ownTerm } from "./assigned-now";
import { changeOnce } from "./change-once";
import { invalid, isRegisterId } from "./check-input";
import type { Change, FamiliesStores } from "./families-stores";
import { certifyIndependence, checkIndependence } from "./independence";

/** What a worker sends. */
export interface NewInvestigation {
  readonly familyId: string;
  readonly kind: InvestigationKind;
  readonly idempotencyKey: string;
}

/** What a worker sends to close one. */
export interface InvestigationEnd {
  readonly investigationId: string;
  readonly idempotencyKey: string;
}

/** Who examines what: Veilig Thuis assesses and investigates (Wmo 4.1.1(2)), the board inquires (BW 1:238) and reviews. */
const EXAMINERS: Readonly<
  Record<InvestigationKind, readonly { readonly at: OrganisationKind; readonly as: WorkerFunction }[]>
> = {
  ASSESSMENT: [{ at: "SAFE_HOME", as: "ASSESSOR" }],
  INVESTIGATION: [
    { at: "SAFE_HOME", as: "ASSESSOR" },
    { at: "CHILD_PROTECTION_BOARD", as: "INVESTIGATOR" },
  ],
  REVIEW: [{ at: "CHILD_PROTECTION_BOARD", as: "REVIEWER" }],
};

const examines = ({ kind, workerFunction }: Requester, what: InvestigationKind): boolean =>
  EXAMINERS[what].some((one) => one.at === kind && one.as === workerFunction);

/**
 * Opens an examination from today, in a family that the requester works with. Throws ACCESS_DENIED for a kind that does
 * not go with the requester's function; FAMILY_NOT_FOUND; INPUT_INVALID when one of the kind is open at the
 * organisation; REVIEWER_NOT_INDEPENDENT for a review by somebody who had to do with the family before, with how and
 * since when; IDEMPOTENCY_KEY_REUSED; RECORD_UNAVAILABLE. A review has its certificate of non-involvement.
 */
export async function openInvestigation(
  stores: FamiliesStores,
  requester: Requester,
  input: NewInvestigation,
): Promise<Change<Investigation>> {
  const { familyId, kind } = input;
  if (!examines(requester, kind)) throw new SchakelError("ACCESS_DENIED");
  return changeOnce(stores, requester, "openInvestigation", input, async (client) => {
    await ownTerm(client, requester, familyId);
    const id = randomUUID();
    const independence = kind === "REVIEW" ? await checkIndependence(client, requester, familyId) : undefined;
    const { rowCount } = await client.query(
      `insert into hub.investigation (id, family_id, organisation, kind, opened_on, opened_by)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (family_id, organisation, kind) where closed_on is null do nothing`,
      [id, familyId, requester.organisation, kind, today(), requester.worker],
    );
    if (rowCount === 0) throw invalid("input.kind", "a kind of which none is open at your organisation");
    if (independence) await certifyIndependence(client, requester, id, independence);
    const { rows } = await client.query<InvestigationRow>(
      `select ${INVESTIGATION_COLUMNS} from hub.investigation where id = $1`,
      [id],
    );
    return { familyId, result: toInvestigation(rows[0]) };
  });
}

/**
 * Closes an examination of the requester's organisation, of a kind that goes with the requester's function, in a family
 * that the requester works with now. One that was closed before is returned as it is. Throws INVESTIGATION_NOT_FOUND for
 * any other, whether it exists or not; IDEMPOTENCY_KEY_REUSED; RECORD_UNAVAILABLE.
 */
export function closeInvestigation(
  stores: FamiliesStores,
  requester: Requester,
  input: InvestigationEnd,
): Promise<Change<Investigation>> {
  return changeOnce(stores, requester, "closeInvestigation", input, async (client) => {
    const found = await getInvestigation(client, requester, input.investigationId);
    if (found.closed_on !== null) return { familyId: found.family_id, result: toInvestigation(found) };
    const { rows } = await client.query<InvestigationRow>(
      `update hub.investigation set closed_on = $2, closed_at = clock_timestamp() where id = $1
       returning ${INVESTIGATION_COLUMNS}`,
      [found.id, today()],
    );
    return { familyId: found.family_id, result: toInvestigation(rows[0]) };
  });
}

/** The examinations that are open at an organisation, oldest first; however many families, one query. */
export async function findOpenInvestigations(
  db: Pick<Pool, "query">,
  organisation: OrganisationCode,
  familyIds: readonly string[],
): Promise<InvestigationRow[]> {
  const { rows } = await onRecord(() =>
    db.query<InvestigationRow>({
      name: "find-open-investigations",
      text: `select ${INVESTIGATION_COLUMNS} from hub.investigation
        where organisation = $1 and family_id = any ($2::text[]) and closed_on is null order by opened_on, id`,
      values: [organisation, familyIds],
    }),
  );
  return rows;
}

async function getInvestigation(
  client: PoolClient,
  requester: Requester,
  id: string,
): Promise<InvestigationRow> {
  if (!isRegisterId(id)) throw new SchakelError("INVESTIGATION_NOT_FOUND");
  const { rows } = await client.query<InvestigationRow>(
    `select ${INVESTIGATION_COLUMNS} from hub.investigation
     where id = $4 and organisation = $1 and family_id in (${FAMILIES_OF_WORKER}) for update`,
    [requester.organisation, requester.worker, today(), id],
  );
  const [row] = rows;
  if (!row || !examines(requester, row.kind)) throw new SchakelError("INVESTIGATION_NOT_FOUND");
  return row;
}
