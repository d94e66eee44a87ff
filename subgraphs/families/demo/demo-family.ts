// The hub's part of one synthetic family as it is written down: dates as on the story day, no names, no BSN.

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import {
  AssignmentRelation,
  ConsentDecision,
  ConsentHow,
  FamilyOutcome,
  FamilyStatus,
  InvestigationKind,
  MeasureKind,
} from "../../../shared/database/register-codes";
import { Authority, Category, FamilyRole, Purpose } from "../../../shared/kernel/codes";
import { toFamilyId, toOrganisationCode, toPersonId, toWorkerId } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";

const code = <T extends Record<string, string>>(list: T) =>
  z.enum(Object.keys(list) as [keyof T & string, ...(keyof T & string)[]]);
const date = z.string().transform(toPlainDate);
const personId = z.string().transform(toPersonId);
const organisation = z.string().transform(toOrganisationCode);
const worker = z.string().transform(toWorkerId);

const DemoFamily = z.strictObject({
  id: z.string().transform(toFamilyId),
  status: code(FamilyStatus),
  inflow: z.string(),
  outcome: code(FamilyOutcome).nullable(),
  openedOn: date,
  closedOn: date.nullable(),
  persons: z.array(
    z.strictObject({ id: personId, role: code(FamilyRole), birthDate: date.nullable(), able: z.boolean() }),
  ),
  authority: z.array(
    z.strictObject({ parent: personId, child: personId, authority: code(Authority), since: date.nullable() }),
  ),
  involvements: z.array(
    z.strictObject({ organisation, beganOn: date, endedOn: date.nullable(), drang: z.boolean() }),
  ),
  assignments: z.array(
    z.strictObject({
      organisation,
      worker,
      relation: code(AssignmentRelation),
      team: z.string().nullable(),
      fromOn: date,
      untilOn: date.nullable(),
    }),
  ),
  consents: z.array(
    z.strictObject({
      person: personId,
      givenBy: personId,
      holder: organisation,
      recipient: organisation,
      categories: z.array(code(Category)).min(1),
      purpose: code(Purpose),
      decision: code(ConsentDecision),
      explicit: z.boolean(),
      how: code(ConsentHow),
      validFrom: date,
      validUntil: date.nullable(),
      recordedBy: worker,
      recordedByOrganisation: organisation,
      withdrawnOn: date.nullable(),
      withdrawnBy: worker.nullable(),
    }),
  ),
  measures: z.array(
    z.strictObject({
      person: personId,
      kind: code(MeasureKind),
      number: z.string(),
      organisation,
      startsOn: date,
      endsOn: date.nullable(),
      recordedBy: worker,
    }),
  ),
  investigations: z.array(
    z.strictObject({
      organisation,
      kind: code(InvestigationKind),
      openedOn: date,
      closedOn: date.nullable(),
    }),
  ),
  participations: z
    .array(
      z.strictObject({
        how: code(ConsentHow),
        fromOn: date,
        untilOn: date.nullable(),
        recordedBy: worker,
        recordedByOrganisation: organisation,
      }),
    )
    .default([]),
  meetings: z
    .array(
      z.strictObject({
        participants: z.array(organisation).min(2),
        plannedOn: date,
        heldOn: date,
        plannedBy: worker,
        organisation,
      }),
    )
    .default([]),
  /** Children of other households who also live in this one. */
  secondHouseholds: z
    .array(z.strictObject({ person: personId, fromOn: date, untilOn: date.nullable() }))
    .default([]),
});
export type DemoFamily = z.infer<typeof DemoFamily>;

/** The families in `directory` (one JSON file each), in order of file name; throws on a file that does not fit. */
export async function readDemoFamilies(directory: string): Promise<DemoFamily[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith(".json")).toSorted();
  return Promise.all(
    files.map(async (name) =>
      DemoFamily.parse(JSON.parse(await readFile(path.join(directory, name), "utf8"))),
    ),
  );
}
