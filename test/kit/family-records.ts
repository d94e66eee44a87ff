// Family records for tests of the rules: small, synthetic, as the hub's registers give them.

import type {
  AssignmentRecord,
  ConsentRecord,
  FamilyRecord,
  InvestigationRecord,
  InvolvementRecord,
  MeasureRecord,
  PersonRecord,
} from "../../shared/database/family-records";
import type { Authority, FamilyRole } from "../../shared/kernel/codes";
import { toFamilyId, toOrganisationCode, toPersonId, toWorkerId } from "../../shared/kernel/ids";
import { toPlainDate } from "../../shared/kernel/plain-date";
import type { Requester } from "../../shared/kernel/requester";
import { getOrganisation, loadRegion } from "../../shared/region/region";

/** The day on which these families are looked at. */
export const TODAY = toPlainDate("2026-06-15");

const REGION = loadRegion("utrecht");

/** A worker of an organisation of the region. */
export function aRequester(
  code: string,
  workerFunction: Requester["workerFunction"],
  worker = "w-1",
): Requester {
  const { code: organisation, kind, legalEntity } = getOrganisation(REGION, code);
  return { worker: toWorkerId(worker), organisation, kind, legalEntity, workerFunction };
}

/** An organisation of the region as the holder of data. */
export const aHolder = (code: string) => getOrganisation(REGION, code);

/** A member; `born` is null for an unborn child. */
export const aPerson = (id: string, role: FamilyRole, born: string | null, able = true): PersonRecord => ({
  id: toPersonId(id),
  role,
  birthDate: born === null ? null : toPlainDate(born),
  able,
  pseudonyms: [],
  householdId: toFamilyId("FAM-1"),
});

/** A record with nothing in it but what is given. */
export const aRecord = (parts: Partial<FamilyRecord> = {}): FamilyRecord => ({
  id: toFamilyId("FAM-1"),
  status: "OPEN",
  members: [],
  authorities: [],
  involvements: [],
  assignments: [],
  consents: [],
  measures: [],
  investigations: [],
  participations: [],
  meetings: [],
  emergencies: [],
  disclosures: [],
  referrals: [],
  ...parts,
});

/** Authority of a parent, who is able unless it is said otherwise, over a child. */
export const anAuthority = (parent: string, child: string, authority: Authority, parentAble = true) => ({
  parentId: toPersonId(parent),
  parentAble,
  childId: toPersonId(child),
  authority,
});

/** An organisation involved since January. */
export const anInvolvement = (
  organisation: string,
  parts: { began?: string; ended?: string; drang?: boolean } = {},
): InvolvementRecord => ({
  organisation: toOrganisationCode(organisation),
  caseReference: `${organisation}-1`,
  beganOn: toPlainDate(parts.began ?? "2026-01-01"),
  endedOn: parts.ended === undefined ? null : toPlainDate(parts.ended),
  drang: parts.drang ?? false,
});

/** A worker assigned since January. */
export const anAssignment = (
  organisation: string,
  parts: { worker?: string; relation?: AssignmentRecord["relation"]; from?: string; until?: string } = {},
): AssignmentRecord => ({
  organisation: toOrganisationCode(organisation),
  workerId: toWorkerId(parts.worker ?? "w-1"),
  relation: parts.relation ?? "ASSIGNED",
  team: null,
  members: [],
  fromOn: toPlainDate(parts.from ?? "2026-01-01"),
  untilOn: parts.until === undefined ? null : toPlainDate(parts.until),
  endedAt: null,
});

/** A statement about sharing the plan of SAVE with Lokalis for care, given in January. */
export const aConsent = (about: string, by: string, parts: Partial<ConsentRecord> = {}): ConsentRecord => ({
  id: `${about}-${by}`,
  personId: toPersonId(about),
  givenBy: toPersonId(by),
  holder: toOrganisationCode("save"),
  recipient: toOrganisationCode("lokalis"),
  categories: ["CARE_PLAN"],
  purpose: "CARE",
  decision: "GIVEN",
  explicit: false,
  how: "SPOKEN",
  validFrom: toPlainDate("2026-01-10"),
  validUntil: null,
  recordedAt: "2026-01-10T10:00:00Z",
  withdrawnAt: null,
  ...parts,
});

/** A supervision order since January, for a year. */
export const aMeasure = (
  person: string,
  organisation: string,
  parts: Partial<MeasureRecord> = {},
): MeasureRecord => ({
  id: `measure-${person}`,
  personId: toPersonId(person),
  kind: "OTS",
  number: "C/16/000001",
  organisation: toOrganisationCode(organisation),
  startsOn: toPlainDate("2026-01-01"),
  endsOn: toPlainDate("2026-12-31"),
  endedAt: null,
  ...parts,
});

/** An examination open since May. */
export const anInvestigation = (
  organisation: string,
  kind: InvestigationRecord["kind"],
  parts: { opened?: string; closed?: string } = {},
): InvestigationRecord => ({
  organisation: toOrganisationCode(organisation),
  kind,
  openedOn: toPlainDate(parts.opened ?? "2026-05-01"),
  closedOn: parts.closed === undefined ? null : toPlainDate(parts.closed),
  closedAt: null,
});
