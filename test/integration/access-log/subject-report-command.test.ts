// npm run log -- subject-report: the report on paper, in two languages, on record before it is printed.

import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { runLogCommand } from "../../kit/log-command";
import { putLooks } from "./arrange-report";

const database = withDatabase();
beforeAll(async () => {
  await seedDemoRegister(database.pool);
  await putLooks(database, [
    { trace: 1, hoursAgo: 50, household: { categoriesDelivered: ["SAFETY"] } },
    { trace: 2, hoursAgo: 30, subjectId: "OVV-06-3", change: { categoriesDelivered: ["EDUCATION"] } },
  ]);
});
const report = (...words: string[]) =>
  runLogCommand(["subject-report", ...words], { DATABASE_URL: database.workingUrl });
const lastEntry = async () => {
  const { rows } = await database.owner.query<object>(
    `select e.act, e.operation, e.worker, e.organisation, e.purpose, k.subject_id, k.family_id
     from access_log.entry e left join access_log.subject_key k on k.id = e.subject_key order by e.position desc limit 1`,
  );
  return rows[0];
};

test("tells in Dutch when nothing is said, without a worker, and that it was made is on record", async () => {
  const { code, out } = await report("--person", "OVV-06-1", "--by", "hub.helpdesk");
  expect(code).toBe(0);
  expect(out).toMatch(/^Wie heeft gekeken naar gegevens over u\?\n\n- In dit overzicht staat/);
  expect(out).toMatch(
    / {2}Lokalis: een medewerker van het buurtteam\.\n {2}Gezien over u: het plan en de hulp\./,
  );
  expect(out).toMatch(/ {2}Gevraagd over uw gezin: veiligheid\./);
  expect(out).not.toMatch(/lokalis\.worker|OVV-06/);
  expect(await lastEntry()).toEqual({
    act: "EXPORT",
    operation: "subjectReport",
    worker: "hub.helpdesk",
    organisation: "hub",
    purpose: "SUBJECT_RIGHTS",
    subject_id: "OVV-06-1",
    family_id: "OVV-06",
  });
});

test("tells a parent about a child in English", async () => {
  const { code, out } = await report("--person", "OVV-06-3", "--for", "OVV-06-1", "--language", "en");
  expect(code).toBe(0);
  expect(out).toMatch(/^Who looked at information about your child\?/);
  expect(out).toMatch(/ {2}Asked about your child: school\./);
});

test.each([
  [["--person", "OVV-06-3"]],
  [["--person", "OVV-06-3", "--for", "OVV-06-2"]],
  [["--person", "OVV-06-2", "--for", "OVV-06-1"]],
  [["--person", "OVV-99-1"]],
])("says that there is no such report: %j", async (words) => {
  const before = await lastEntry();
  const { code, out, err } = await report(...words);
  expect([code, out, err]).toEqual([1, "", expect.stringMatching(/There is no such report/) as string]);
  expect(await lastEntry()).toEqual(before);
});

test.each([
  [[], /--person takes/],
  [["--person", "OVV-06-1", "--language", "de"], /nl or en/],
  [["--person", "OVV-06-1", "--by", "Jan Jansen"], /--by takes/],
])("refuses %j", async (words, said) => {
  const { code, err } = await report(...words);
  expect([code, err]).toEqual([2, expect.stringMatching(said) as string]);
});
