// Batched access to families and persons: all that one request asks of a kind goes in one query.

import DataLoader from "dataloader";
import { today } from "../../../shared/kernel/plain-date";
import { toAssignment } from "../mapping/assignment";
import { toConsent } from "../mapping/consent";
import { toFamily, toPerson } from "../mapping/entities";
import { toFrameworkStatus } from "../mapping/framework";
import { toInvestigation } from "../mapping/investigation";
import { toMaintenance } from "../mapping/maintenance";
import { toMeeting } from "../mapping/meeting";
import { toParticipation } from "../mapping/participation";
import { toRecordedMeasure } from "../mapping/recorded-measure";
import type { Assignment } from "../types/assignment";
import type { Consent } from "../types/consent";
import type { Family } from "../types/family";
import type { FrameworkStatus } from "../types/framework-status";
import type { Investigation } from "../types/investigation";
import type { Maintenance } from "../types/maintenance";
import type { Meeting } from "../types/meeting";
import type { Participation } from "../types/participation";
import type { Person } from "../types/person";
import type { RecordedMeasure } from "../types/recorded-measure";
import type { ChildRelation, ParentRelation } from "../types/relations";
import type { FamiliesContext } from "./families-stores";
import { findPlannedMaintenance } from "./directory/maintenance";
import { findAssignments } from "./find-assignments";
import { findConsents, findRecordedMeasures } from "./find-consents";
import { findFamilies, findMembers, findPersons } from "./find-families";
import { findFrameworks } from "./find-frameworks";
import { findChildren, findHouseholds, findParents } from "./find-relations";
import { findOpenInvestigations } from "./investigations";
import { findMeetings } from "./meetings";
import { findParticipations } from "./participation";

/** The loaders of one request. */
export interface RequestLoaders {
  readonly family: DataLoader<string, Family | null>;
  readonly person: DataLoader<string, Person | null>;
  /** The legal frame of a person. */
  readonly framework: DataLoader<string, FrameworkStatus | null>;
  readonly parents: DataLoader<string, ParentRelation[]>;
  readonly children: DataLoader<string, ChildRelation[]>;
  /** Of a person: the own one first, then a second one. */
  readonly households: DataLoader<string, Family[]>;
  /** What was decided about sharing, as far as it concerns the requester. */
  readonly consents: DataLoader<string, Consent[]>;
  /** What the requester's organisation executes. */
  readonly recordedMeasures: DataLoader<string, RecordedMeasure[]>;
  /** Members of a family, in order of id; children who also live there among them. */
  readonly members: DataLoader<string, Person[]>;
  /** Who of the requester's organisation work with a family now. */
  readonly workers: DataLoader<string, Assignment[]>;
  /** What is open at the requester's organisation, oldest first. */
  readonly investigations: DataLoader<string, Investigation[]>;
  /** What runs today. */
  readonly participation: DataLoader<string, Participation | null>;
  /** All about a family, the latest first. */
  readonly meetings: DataLoader<string, Meeting[]>;
  /** What runs or is to come at an organisation, in the order in which it begins. */
  readonly maintenance: DataLoader<string, Maintenance[]>;
}

// Kept by context, so that nothing read for one request is shown to another.
const loaders = new WeakMap<FamiliesContext, RequestLoaders>();

/** The loaders that belong to this request. */
export function loadersOf(context: FamiliesContext): RequestLoaders {
  const known = loaders.get(context);
  if (known) return known;
  const made = createLoaders(context);
  loaders.set(context, made);
  return made;
}

function createLoaders({ stores: { pool }, grant: { requester } }: FamiliesContext): RequestLoaders {
  const day = today();
  return {
    family: oneEach(
      (ids) => findFamilies(pool, ids),
      (row) => row.id,
      toFamily,
    ),
    person: oneEach(
      (ids) => findPersons(pool, ids),
      (row) => row.id,
      (row) => toPerson(row, day),
    ),
    framework: oneEach(
      (ids) => findFrameworks(pool, requester.organisation, ids, day),
      (row) => row.id,
      (row) => toFrameworkStatus(row, day),
    ),
    parents: manyEach(
      (childIds) => findParents(pool, childIds),
      (row) => row.of,
      ({ authority, since, ...row }) => ({ parent: toPerson(row, day), authority, since }),
    ),
    children: manyEach(
      (parentIds) => findChildren(pool, parentIds),
      (row) => row.of,
      ({ authority, since, ...row }) => ({ child: toPerson(row, day), authority, since }),
    ),
    households: manyEach(
      (personIds) => findHouseholds(pool, personIds, day),
      (row) => row.personId,
      toFamily,
    ),
    consents: manyEach(
      (personIds) => findConsents(pool, requester, personIds),
      (row) => row.person_id,
      toConsent,
    ),
    recordedMeasures: manyEach(
      (personIds) => findRecordedMeasures(pool, requester.organisation, personIds),
      (row) => row.person_id,
      toRecordedMeasure,
    ),
    members: manyEach(
      (familyIds) => findMembers(pool, familyIds, day),
      (row) => row.householdId,
      (row) => toPerson(row, day),
    ),
    workers: manyEach(
      (familyIds) => findAssignments(pool, requester.organisation, familyIds, day),
      (row) => row.family_id,
      toAssignment,
    ),
    investigations: manyEach(
      (familyIds) => findOpenInvestigations(pool, requester.organisation, familyIds),
      (row) => row.family_id,
      toInvestigation,
    ),
    participation: oneEach(
      (familyIds) => findParticipations(pool, familyIds, day),
      (row) => row.family_id,
      toParticipation,
    ),
    meetings: manyEach(
      (familyIds) => findMeetings(pool, familyIds),
      (row) => row.family_id,
      toMeeting,
    ),
    maintenance: manyEach(
      (organisations) => findPlannedMaintenance(pool, organisations),
      (row) => row.organisation,
      toMaintenance,
    ),
  };
}

type Find<Row> = (keys: readonly string[]) => Promise<readonly Row[]>;

/** One node for each key, null where there is none. */
function oneEach<Row, Node>(
  find: Find<Row>,
  keyOf: (row: Row) => string,
  toNode: (row: Row) => Node,
): DataLoader<string, Node | null> {
  return new DataLoader(async (keys) => {
    const found = new Map((await find(keys)).map((row) => [keyOf(row), toNode(row)]));
    return keys.map((key) => found.get(key) ?? null);
  });
}

/** A list of nodes for each key, in the order of the rows. */
function manyEach<Row, Node>(
  find: Find<Row>,
  keyOf: (row: Row) => string,
  toNode: (row: Row) => Node,
): DataLoader<string, Node[]> {
  return new DataLoader(async (keys) => {
    const found = new Map<string, Node[]>(keys.map((key) => [key, []]));
    for (const row of await find(keys)) found.get(keyOf(row))?.push(toNode(row));
    return keys.map((key) => found.get(key) ?? []);
  });
}
