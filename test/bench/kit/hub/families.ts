// The two families of this benchmark: one of which its guardian may see all that the view asks, one of which a worker
// may see little.

import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import type { Purpose } from "../../../../shared/kernel/codes";
import { addDays, today } from "../../../../shared/kernel/plain-date";
import type { Region } from "../../../../shared/region/region";

/** Who looks at which family, and what for. */
export interface ViewCase {
  readonly familyId: string;
  /** Persona of the demo. */
  readonly persona: string;
  readonly purpose: Purpose;
}

/** Guardianship of every member: row 45 opens the other files, and the own one is open too. */
export const ALL_PERMITTED: ViewCase = {
  familyId: "BENCH-1",
  persona: "save.guardian",
  purpose: "MEASURE_EXECUTION",
};
/** Voluntary help, and consent for one child and little of it. */
export const MUCH_WITHHELD: ViewCase = { familyId: "BENCH-2", persona: "lokalis.worker", purpose: "CARE" };

/** A member of a family. */
export interface Member {
  readonly role: "CHILD" | "PARENT";
  readonly age: number;
}

/** Four children, of whom everything may be seen by who has guardianship. */
export const WARDS: readonly Member[] = [4, 8, 12, 16].map((age) => ({ role: "CHILD", age }));
const HOUSEHOLD: readonly Member[] = [
  { role: "PARENT", age: 38 },
  { role: "CHILD", age: 6 },
  { role: "CHILD", age: 13 },
  { role: "CHILD", age: 16 },
];
const DAYS_OF_A_YEAR = 365.25;
const HALF_A_YEAR = 183;

type Rows = readonly (readonly [table: string, rows: readonly object[]])[];

/**
 * Writes both families, as of today. With `spoilt` the last ward has no measure any more, so that the rules withhold
 * something after all.
 */
export async function writeFamilies(owner: Pool, region: Region, spoilt: boolean): Promise<void> {
  await writeRows(owner, [
    ...wardsOf(ALL_PERMITTED, WARDS, region, spoilt),
    ...registered(MUCH_WITHHELD, HOUSEHOLD, region),
    ["authority", authorities()],
    ["consent", [aConsent()]],
  ]);
}

/**
 * Writes families of which every member is under guardianship of the requester's organisation. With `spoilt` the last
 * member of each has no measure any more.
 */
export async function writeWards(
  owner: Pool,
  region: Region,
  families: readonly { readonly view: ViewCase; readonly members: readonly Member[] }[],
  spoilt: boolean,
): Promise<void> {
  for (const { view, members } of families) await writeRows(owner, wardsOf(view, members, region, spoilt));
}

function wardsOf(view: ViewCase, members: readonly Member[], region: Region, spoilt: boolean): Rows {
  const wards = personIds(view, members);
  const underMeasure = spoilt ? wards.slice(0, -1) : wards;
  return [
    ...registered(view, members, region),
    ["measure", underMeasure.map((id, index) => guardianshipOf(id, index))],
  ];
}

async function writeRows(owner: Pool, parts: Rows): Promise<void> {
  for (const [table, rows] of parts) {
    const columns = Object.keys(rows[0] ?? {}).join(", ");
    await owner.query(
      `insert into hub.${table} (${columns}) select ${columns} from json_populate_recordset(null::hub.${table}, $1)`,
      [JSON.stringify(rows)],
    );
  }
}

/** Ids of the members, in their order. */
export const personIds = ({ familyId }: ViewCase, members: readonly Member[]): string[] =>
  members.map((_, index) => `${familyId}-${index + 1}`);

/** The family, known to every organisation, with its worker. */
function registered(one: ViewCase, members: readonly Member[], { organisations }: Region): Rows {
  const { familyId, persona } = one;
  const since = addDays(today(), -HALF_A_YEAR);
  const ids = personIds(one, members);
  return [
    ["family", [{ id: familyId, status: "OPEN", inflow: "LOCAL_TEAM", opened_on: since }]],
    [
      "person",
      members.map(({ role, age }, index) => ({
        id: ids[index],
        family_id: familyId,
        role,
        birth_date: addDays(today(), -Math.round((age + 0.5) * DAYS_OF_A_YEAR)),
        able: true,
      })),
    ],
    [
      "involvement",
      organisations.map(({ code }) => ({
        family_id: familyId,
        organisation: code,
        case_reference: `${code}-${familyId}`,
        began_on: since,
        drang: false,
      })),
    ],
    [
      "person_pseudonym",
      organisations.flatMap(({ code }) =>
        ids.map((id) => ({ person_id: id, organisation: code, pseudonym: `${code}:${id}`, key_version: 1 })),
      ),
    ],
    [
      "assignment",
      [
        {
          id: randomUUID(),
          family_id: familyId,
          organisation: persona.slice(0, persona.indexOf(".")),
          worker_id: persona,
          relation: "ASSIGNED",
          from_on: since,
        },
      ],
    ],
  ];
}

const guardianshipOf = (personId: string, index: number) => ({
  id: randomUUID(),
  person_id: personId,
  kind: "GUARDIANSHIP",
  number: `C/16/00000${index + 1}`,
  organisation: "save",
  starts_on: addDays(today(), -HALF_A_YEAR),
  recorded_by: ALL_PERMITTED.persona,
  recorded_by_organisation: "save",
  recorded_at: new Date(),
});

function authorities() {
  const [parent, ...children] = personIds(MUCH_WITHHELD, HOUSEHOLD);
  return children.map((child) => ({ parent_id: parent, child_id: child, authority: "YES" }));
}

/** The parent agreed that SAVE shares the plan for the youngest child. */
function aConsent() {
  const [parent, child] = personIds(MUCH_WITHHELD, HOUSEHOLD);
  return {
    id: randomUUID(),
    person_id: child,
    given_by: parent,
    holder: "save",
    recipient: "lokalis",
    categories: ["INVOLVEMENT", "CARE_PLAN"],
    purpose: "CARE",
    decision: "GIVEN",
    explicit: false,
    how: "SPOKEN",
    valid_from: addDays(today(), -HALF_A_YEAR),
    recorded_by: MUCH_WITHHELD.persona,
    recorded_by_organisation: "lokalis",
    recorded_at: new Date(),
  };
}
