// The consents that are read for one asker: fewer, and never a different decision.

import * as fc from "fast-check";
import { consentState } from "../../../gateway/privacy/consent-state";
import { loadFamilyRecords, type FamilyRecord } from "../../../shared/database/family-records";
import type { Category, Purpose } from "../../../shared/kernel/codes";
import { toOrganisationCode } from "../../../shared/kernel/ids";
import { addDays, today } from "../../../shared/kernel/plain-date";
import { withDatabase } from "../../kit/database";

const database = withDatabase();

const ORGANISATIONS = ["lokalis", "save", "wss"] as const;
const PURPOSES: readonly Purpose[] = ["CARE", "CONSULT"];
const CATEGORIES: readonly Category[] = ["CARE_PLAN", "SAFETY", "EDUCATION"];
/** Some a few microseconds from one another: one millisecond, as far as the rules can tell. */
const MOMENTS = ["09:00:00.000100", "09:00:00.000900", "09:00:00.001", "09:00:01", "10:00:00"];

/** What someone said about sharing; days are counted from today. */
interface Statement {
  readonly about: number;
  readonly by: number;
  readonly holder: string;
  readonly recipient: string;
  readonly categories: readonly Category[];
  readonly purpose: Purpose;
  readonly decision: "GIVEN" | "REFUSED";
  readonly explicit: boolean;
  readonly from: number;
  readonly lasts: number | null;
  readonly recordedAt: string;
  readonly withdrawn: boolean;
}

const statement: fc.Arbitrary<Statement> = fc
  .record({
    about: fc.constantFrom(1, 2, 3),
    by: fc.constantFrom(1, 2, 3),
    holder: fc.constantFrom(...ORGANISATIONS),
    recipient: fc.constantFrom(...ORGANISATIONS),
    categories: fc.subarray([...CATEGORIES], { minLength: 1 }),
    purpose: fc.constantFrom(...PURPOSES),
    decision: fc.constantFrom("GIVEN" as const, "GIVEN" as const, "REFUSED" as const),
    explicit: fc.boolean(),
    from: fc.constantFrom(-30, -1, 0, 1),
    lasts: fc.constantFrom(null, 0, 1, 60),
    recordedAt: fc.constantFrom(...MOMENTS),
    withdrawn: fc.constantFrom(false, false, true),
  })
  .filter(({ holder, recipient }) => holder !== recipient);

let families = 0;

/** A family of two parents and a child, about whom this was said. */
async function aFamily(said: readonly Statement[]): Promise<string> {
  families += 1;
  const id = `SAID-${families}`;
  await database.owner.query("insert into hub.family values ($1, 'OPEN', 'SAVE', null, current_date, null)", [
    id,
  ]);
  await database.owner.query(
    `insert into hub.person select $1 || '-' || n, $1, case n when 3 then 'CHILD' else 'PARENT' end, $2, true
     from generate_series(1, 3) as n`,
    [id, addDays(today(), -13 * 366)],
  );
  await database.owner.query(
    `insert into hub.authority (parent_id, child_id, authority) select $1 || '-' || n, $1 || '-3', 'YES'
     from generate_series(1, 2) as n`,
    [id],
  );
  await database.owner.query(
    `insert into hub.consent (id, person_id, given_by, holder, recipient, categories, purpose, decision, explicit, how,
       valid_from, valid_until, recorded_by, recorded_by_organisation, recorded_at, withdrawn_at, withdrawn_by)
     select gen_random_uuid(), $1 || '-' || about, $1 || '-' || by, holder, recipient, categories, purpose, decision, explicit,
       'SPOKEN', valid_from, valid_until, 'w-1', recipient, recorded_at,
       case when withdrawn then now() end, case when withdrawn then 'w-1' end
     from json_to_recordset($2) as s (about text, by text, holder text, recipient text, categories text[], purpose text,
       decision text, explicit boolean, valid_from date, valid_until date, recorded_at timestamptz, withdrawn boolean)`,
    [
      id,
      JSON.stringify(
        said.map(({ from, lasts, recordedAt, ...one }) => ({
          ...one,
          valid_from: addDays(today(), from),
          valid_until: lasts === null ? null : addDays(today(), from + lasts),
          recorded_at: `${addDays(today(), -1)}T${recordedAt}Z`,
        })),
      ),
    ],
  );
  return id;
}

async function recordOf(id: string, asker?: { recipient: string; purpose: Purpose }): Promise<FamilyRecord> {
  const [record] = await loadFamilyRecords(database.pool, {
    familyIds: [id],
    personIds: [],
    ...(asker ? { asker: { ...asker, recipient: toOrganisationCode(asker.recipient), today: today() } } : {}),
  });
  if (!record) throw new Error("The family is not there.");
  return record;
}

/** The state of consent for everything that this asker can ask about. */
const statesFor = (record: FamilyRecord, asker: { recipient: string; purpose: Purpose }) =>
  record.members.flatMap((subject) =>
    ORGANISATIONS.filter((holder) => holder !== asker.recipient).flatMap((holder) =>
      CATEGORIES.map((category) =>
        consentState({ ...asker, record, subject, holder, category, today: today() }),
      ),
    ),
  );

test("the consents for one asker decide as all of them do", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 40 }), async (said) => {
      const id = await aFamily(said);
      const all = await recordOf(id);
      for (const recipient of ORGANISATIONS) {
        for (const purpose of PURPOSES) {
          const asker = { recipient, purpose };
          const own = await recordOf(id, asker);
          expect(
            own.consents.filter((one) => all.consents.every(({ id: known }) => known !== one.id)),
          ).toEqual([]);
          expect(statesFor(own, asker)).toEqual(statesFor(all, asker));
        }
      }
    }),
    { numRuns: 40 },
  );
});

test("reads nothing of what is for others, and of the same said again only the last", async () => {
  const given: Statement = {
    about: 3,
    by: 1,
    holder: "wss",
    recipient: "save",
    categories: ["CARE_PLAN"],
    purpose: "CARE",
    decision: "GIVEN",
    explicit: false,
    from: -1,
    lasts: null,
    recordedAt: "09:00:00",
    withdrawn: false,
  };
  const again = Array.from({ length: 50 }, (_, second) => ({
    ...given,
    recordedAt: `09:00:${String(second + 1).padStart(2, "0")}`,
  }));
  const id = await aFamily(again);
  expect((await recordOf(id)).consents).toHaveLength(50);
  expect((await recordOf(id, { recipient: "lokalis", purpose: "CARE" })).consents).toEqual([]);
  expect((await recordOf(id, { recipient: "save", purpose: "CONSULT" })).consents).toEqual([]);
  const { consents } = await recordOf(id, { recipient: "save", purpose: "CARE" });
  expect(consents).toEqual([
    expect.objectContaining({ recordedAt: expect.stringContaining(":00:50") as string }),
  ]);
});
