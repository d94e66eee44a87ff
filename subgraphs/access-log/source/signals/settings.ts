// What organisations and workers tell the hub so that signals fit: when they work, and who is related to which family.

import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { WorkerFunction, isCode } from "../../../../shared/kernel/codes";
import { SchakelError } from "../../../../shared/kernel/errors";
import type { Grant } from "../../../../shared/kernel/requester";
import type { Region } from "../../../../shared/region/region";
import type { OwnRelation, OrganisationHours } from "../../types/signal-settings";
import type { RecordOwnRelationInput, SetWorkingHoursInput } from "../../types/signal-settings-inputs";
import { organisationOfOfficer } from "../privacy-officer";
import { changeOnce } from "../review/change-once";
import { invalid, subjectIdOf, workerOf } from "../review/check-input";
import { takeKey } from "../review/take-key";
import { askNow } from "./ask-patiently";
import { workingHoursOf } from "./working-hours";

interface Stores {
  readonly pool: Pool;
  readonly region: Region;
}

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The working hours of the own organisation. Throws as `organisationOfOfficer`. */
export async function readWorkingHours({ pool, region }: Stores, grant: Grant): Promise<OrganisationHours> {
  const [hours] = await workingHoursOf(askNow(pool), [organisationOfOfficer(grant, region)]);
  if (!hours) throw new Error("No hours for an organisation.");
  return hours;
}

/** Sets the working hours of the own organisation, from now on. Throws as `organisationOfOfficer`, and INPUT_INVALID. */
export async function setWorkingHours(
  { pool, region }: Stores,
  grant: Grant,
  input: SetWorkingHoursInput,
): Promise<OrganisationHours> {
  const organisation = organisationOfOfficer(grant, region);
  const { opens, closes, exceptedFunctions } = input;
  if (!TIME.test(opens)) throw invalid("input.opens", "a time, HH:MM");
  if (!TIME.test(closes) || closes <= opens) throw invalid("input.closes", "a time after it opens, HH:MM");
  if (!exceptedFunctions.every((one) => isCode(WorkerFunction, one))) {
    throw invalid("input.exceptedFunctions", "functions of workers");
  }
  await changeOnce(pool, grant.requester, "setWorkingHours", input, async (client) => {
    await client.query(
      `insert into access_log.working_hours (organisation, opens, closes, excepted_functions, recorded_by)
       values ($1, $2, $3, $4, $5)`,
      [organisation, opens, closes, exceptedFunctions, grant.requester.worker],
    );
    return {};
  });
  return readWorkingHours({ pool, region }, grant);
}

/**
 * Records that a family is related to a worker: oneself, or for the privacy officer a worker of the organisation. Whether
 * there is such a family is neither checked nor told. Throws ACCESS_DENIED, SECOND_FACTOR_REQUIRED, INPUT_INVALID.
 */
export async function recordOwnRelation(
  { pool, region }: Stores,
  grant: Grant,
  input: RecordOwnRelationInput,
): Promise<OwnRelation> {
  const { requester } = grant;
  const employed = region.organisations.some((one) => one.code === requester.organisation);
  if (!employed) throw new SchakelError("ACCESS_DENIED");
  const worker = input.worker == null ? requester.worker : workerOf("input.worker", input.worker);
  if (worker !== requester.worker) organisationOfOfficer(grant, region);
  const familyId = subjectIdOf("input.familyId", input.familyId);
  await changeOnce(pool, requester, "recordOwnRelation", input, async (client) => {
    const key = await takeKey(client, { type: "FAMILY", id: familyId, familyId });
    await client.query(
      `insert into access_log.own_relation (id, organisation, worker, subject_key, recorded_by)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [randomUUID(), requester.organisation, worker, key, requester.worker],
    );
    return {};
  });
  return { worker, familyId };
}
