// A synthetic family -> rows of the registers, its dates moved from the story day to today.

import { createHash } from "node:crypto";
import { shiftFromStoryDay } from "../../../shared/contract/demo-date";
import { toOrganisationCode } from "../../../shared/kernel/ids";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import type { Persona } from "../../../shared/region/demo";
import type { DemoFamily } from "./demo-family";
import type { DemoLink, DemoLinksByOrganisation } from "./demo-links";

/** Tables of schema hub, in the order in which they can be filled. */
export const DEMO_TABLES = [
  "family",
  "person",
  "authority",
  "involvement",
  "person_pseudonym",
  "assignment",
  "consent",
  "measure",
  "investigation",
  "participation",
  "meeting",
  "second_household",
] as const;
export type DemoRows = Readonly<Record<(typeof DEMO_TABLES)[number], readonly object[]>>;

/** Members of teams, from the story day on. */
export function toTeamRows(personas: readonly Persona[], today: PlainDate): readonly object[] {
  return personas.flatMap(({ organisation, worker, team }) =>
    team === undefined
      ? []
      : [
          {
            id: demoId("team_member", organisation, team, worker),
            organisation,
            team,
            worker_id: worker,
            from_on: today,
            recorded_by: worker,
            recorded_at: `${today}T00:00:00Z`,
          },
        ],
  );
}

/** The key of the demo is the first one. */
export const KEY_VERSION = 1;

/** The same id each time, so that a demo seeded twice is the same demo. */
function demoId(...parts: readonly (string | number)[]): string {
  const hex = createHash("sha256").update(parts.join("/")).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * The rows of one family as if the story day were `today`. Throws when an organisation that is involved gave no link
 * for the family, or one to somebody who is not a member.
 */
export function toDemoRows(family: DemoFamily, links: DemoLinksByOrganisation, today: PlainDate): DemoRows {
  const on = (date: PlainDate | null): PlainDate | null => shiftFromStoryDay(date, today);
  const noon = (date: PlainDate | null): string | null => (date === null ? null : `${on(date)}T12:00:00Z`);
  const { id } = family;
  const involvements = [...family.involvements, ...involvementsByLink(family, links)];
  return {
    family: [
      {
        id,
        status: family.status,
        inflow: family.inflow,
        outcome: family.outcome,
        opened_on: on(family.openedOn),
        closed_on: on(family.closedOn),
      },
    ],
    person: family.persons.map((one) => ({
      id: one.id,
      family_id: id,
      role: one.role,
      birth_date: on(one.birthDate),
      able: one.able,
    })),
    authority: family.authority.map((one) => ({
      parent_id: one.parent,
      child_id: one.child,
      authority: one.authority,
      since: on(one.since),
    })),
    involvement: involvements.map((one) => ({
      family_id: id,
      organisation: one.organisation,
      case_reference: linkOf(family, links, one.organisation).caseReference,
      began_on: on(one.beganOn),
      ended_on: on(one.endedOn),
      drang: one.drang,
    })),
    person_pseudonym: involvements.flatMap(({ organisation }) =>
      linkOf(family, links, organisation).persons.map(({ personId, pseudonym }) => ({
        person_id: personId,
        organisation,
        pseudonym,
        key_version: KEY_VERSION,
      })),
    ),
    assignment: family.assignments.map((one, index) => ({
      id: demoId("assignment", id, index),
      family_id: id,
      organisation: one.organisation,
      worker_id: one.worker,
      relation: one.relation,
      team: one.team,
      from_on: on(one.fromOn),
      until_on: on(one.untilOn),
    })),
    consent: family.consents.map((one, index) => ({
      id: demoId("consent", id, index),
      person_id: one.person,
      given_by: one.givenBy,
      holder: one.holder,
      recipient: one.recipient,
      categories: one.categories,
      purpose: one.purpose,
      decision: one.decision,
      explicit: one.explicit,
      how: one.how,
      valid_from: on(one.validFrom),
      valid_until: on(one.validUntil),
      recorded_by: one.recordedBy,
      recorded_by_organisation: one.recordedByOrganisation,
      recorded_at: noon(one.validFrom),
      withdrawn_at: noon(one.withdrawnOn),
      withdrawn_by: one.withdrawnBy,
    })),
    measure: family.measures.map((one, index) => ({
      id: demoId("measure", id, index),
      person_id: one.person,
      kind: one.kind,
      number: one.number,
      organisation: one.organisation,
      starts_on: on(one.startsOn),
      ends_on: on(one.endsOn),
      recorded_by: one.recordedBy,
      recorded_by_organisation: one.organisation,
      recorded_at: noon(one.startsOn),
    })),
    investigation: family.investigations.map((one, index) => ({
      id: demoId("investigation", id, index),
      family_id: id,
      organisation: one.organisation,
      kind: one.kind,
      opened_on: on(one.openedOn),
      closed_on: on(one.closedOn),
    })),
    ...toFollowingRows(family, on),
  };
}

/** The rows of how the organisations work together, and of children who also live here. */
function toFollowingRows(
  { id, ...family }: DemoFamily,
  on: (date: PlainDate | null) => PlainDate | null,
): Pick<DemoRows, "participation" | "meeting" | "second_household"> {
  return {
    participation: family.participations.map((one, index) => ({
      id: demoId("participation", id, index),
      family_id: id,
      how: one.how,
      from_on: on(one.fromOn),
      until_on: on(one.untilOn),
      recorded_by: one.recordedBy,
      recorded_by_organisation: one.recordedByOrganisation,
      recorded_at: `${on(one.fromOn)}T12:00:00Z`,
    })),
    meeting: family.meetings.map((one, index) => ({
      id: demoId("meeting", id, index),
      family_id: id,
      participants: one.participants,
      planned_on: on(one.plannedOn),
      held_on: on(one.heldOn),
      planned_by: one.plannedBy,
      organisation: one.organisation,
      planned_at: `${on(one.plannedOn)}T12:00:00Z`,
    })),
    second_household: family.secondHouseholds.map((one) => ({
      person_id: one.person,
      family_id: id,
      from_on: on(one.fromOn),
      until_on: on(one.untilOn),
    })),
  };
}

/**
 * An organisation that the family's own file does not name, and that has a case of the family, is involved for as long as
 * the family has been known here: so one that is new to the region takes part in its demo without a change of the families.
 */
function involvementsByLink(
  family: DemoFamily,
  links: DemoLinksByOrganisation,
): readonly DemoFamily["involvements"][number][] {
  const named = new Set<string>(family.involvements.map(({ organisation }) => organisation));
  return [...links]
    .filter(([organisation, byFamily]) => byFamily.has(family.id) && !named.has(organisation))
    .map(([organisation]) => ({
      organisation: toOrganisationCode(organisation),
      beganOn: family.openedOn,
      endedOn: family.closedOn,
      drang: false,
    }));
}

function linkOf(family: DemoFamily, links: DemoLinksByOrganisation, organisation: string): DemoLink {
  const link = links.get(organisation)?.get(family.id);
  if (!link) {
    throw new Error(`${organisation} gave no link for ${family.id}: seed ${organisation} before families.`);
  }
  const members = new Set<string>(family.persons.map((one) => one.id));
  if (link.persons.some((one) => !members.has(one.personId))) {
    throw new Error(`${organisation} links somebody who is not a member of ${family.id}.`);
  }
  return link;
}
