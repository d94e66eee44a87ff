// Records a measure that the requester's organisation executes: a fact that opens files, so its dates are held to the law.

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import type { MeasureKind } from "../../../shared/database/register-codes";
import { SchakelError } from "../../../shared/kernel/errors";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { MEASURE_COLUMNS, toRecordedMeasure, type MeasureRow } from "../mapping/recorded-measure";
import type { RecordedMeasure } from "../types/recorded-measure";
import { changeOnce } from "./change-once";
import { addMonths, dateOf, invalid, optionalDateOf } from "./check-input";
import { changeByBeginning, explainRightsAfter } from "./explain-rights";
import type { Change, FamiliesStores } from "./families-stores";
import { householdOf } from "./households";

/** What a guardian or a probation officer sends. */
export interface NewMeasure {
  readonly personId: string;
  readonly kind: MeasureKind;
  readonly number: string;
  readonly startsOn: string;
  readonly endsOn?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Longest term in months; an extension is a new court order, hence a new measure. */
const LONGEST_TERM: Readonly<Record<MeasureKind, number | undefined>> = {
  /** BW 1:258 */
  OTS: 12,
  /** BW 1:257 */
  VOTS: 3,
  /** BW 1:265c */
  PLACEMENT: 12,
  /** Ends with majority at the latest */
  GUARDIANSHIP: undefined,
  /** As the court order says */
  PROBATION: undefined,
};

/** Does someone in this function execute measures of this kind? The same rule as the gateway's. */
export const executes = ({ workerFunction }: Requester, kind: MeasureKind): boolean =>
  workerFunction === (kind === "PROBATION" ? "PROBATION_OFFICER" : "GUARDIAN");

/** Letters, digits and the marks between them: no room for a name or a sentence. */
const ORDER_NUMBER = /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9/.-]{2,29}$/;
/** What a BSN looks like; it has no place here. */
const LOOKS_LIKE_BSN = /^\d{8,9}$/;

/**
 * Records a measure under the requester's organisation. Only a guardian who works with the family may,
 * and for youth probation only a probation officer (ACCESS_DENIED). Throws INPUT_INVALID with the argument that is wrong, FAMILY_NOT_FOUND for any other person,
 * IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export async function recordMeasure(
  stores: FamiliesStores,
  requester: Requester,
  input: NewMeasure,
): Promise<Change<RecordedMeasure>> {
  if (!executes(requester, input.kind)) throw new SchakelError("ACCESS_DENIED");
  return changeOnce(stores, requester, "recordMeasure", input, async (client) => {
    const term = checkTerm(input);
    if (!ORDER_NUMBER.test(input.number) || LOOKS_LIKE_BSN.test(input.number)) {
      throw invalid("input.number", "the number of the court order: 3 to 30 letters, digits and . / -");
    }
    const familyId = await householdOf(client, requester, input.personId);
    await checkChild(client, input.personId);
    const { rows } = await client.query<MeasureRow>(
      `insert into hub.measure (id, person_id, kind, number, organisation, starts_on, ends_on, recorded_by,
         recorded_by_organisation)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $5) returning ${MEASURE_COLUMNS}`,
      [
        randomUUID(),
        input.personId,
        input.kind,
        input.number,
        requester.organisation,
        term.startsOn,
        term.endsOn,
        requester.worker,
      ],
    );
    const measure = toRecordedMeasure(rows[0]);
    const changesOn = changeByBeginning(term.startsOn, term.endsOn);
    if (changesOn !== null) {
      const { personId } = input;
      await explainRightsAfter(client, requester, { measureId: measure.id, familyId, personId, changesOn });
    }
    return { familyId, personId: input.personId, result: measure };
  });
}

function checkTerm({ kind, ...dates }: NewMeasure): { startsOn: PlainDate; endsOn: PlainDate | null } {
  const startsOn = dateOf("input.startsOn", dates.startsOn);
  const endsOn = optionalDateOf("input.endsOn", dates.endsOn);
  const months = LONGEST_TERM[kind];
  if (endsOn === null) {
    if (kind !== "GUARDIANSHIP") throw invalid("input.endsOn", "a last day; only guardianship has none");
  } else if (endsOn < startsOn) {
    throw invalid("input.endsOn", "the first day or a later one");
  } else if (months !== undefined && endsOn > addMonths(startsOn, months)) {
    throw invalid("input.endsOn", `at most ${months} months after the first day`);
  }
  return { startsOn, endsOn };
}

async function checkChild(client: PoolClient, personId: string): Promise<void> {
  const { rows } = await client.query<{ role: string }>("select role from hub.person where id = $1", [
    personId,
  ]);
  if (rows[0]?.role !== "CHILD") throw invalid("input.personId", "a child of the family");
}
