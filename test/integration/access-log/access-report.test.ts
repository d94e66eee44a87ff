// myAccessReport on a real database: who may have it, what stands in it in both languages, and that nothing about the
// other parent changes it.

import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { aRequester } from "../../kit/requesters";
import { aMember, MOTHER, putLooks, readReport, type SeenLine } from "./arrange-report";

const database = withDatabase();
const DAY = 24;

beforeAll(async () => {
  await seedDemoRegister(database.pool);
  await putLooks(database, [
    {
      trace: 1,
      hoursAgo: 3 * DAY,
      change: {
        source: "save",
        categoriesDelivered: ["CARE_PLAN"],
        categoriesWithheld: ["PARENT_HEALTH"],
        outcome: "PARTIAL",
      },
      household: { source: "save", categoriesDelivered: ["SAFETY"], outcome: "DELIVERED" },
    },
    {
      trace: 2,
      hoursAgo: 5 * DAY,
      subjectId: "OVV-06-3",
      change: { categoriesDelivered: ["EDUCATION", "REPORTER"] },
    },
    // The father and the girl of thirteen.
    {
      trace: 3,
      hoursAgo: 7 * DAY,
      subjectId: "OVV-06-2",
      change: { categoriesDelivered: ["IDENTITY", "CRIMINAL"] },
    },
    { trace: 4, hoursAgo: 9 * DAY, subjectId: "OVV-06-4", change: { categoriesDelivered: ["EDUCATION"] } },
  ]);
});

const linesOf = async (args = "", reader = MOTHER): Promise<SeenLine[]> => {
  const { report } = await readReport(database, reader, args);
  return (report?.edges ?? []).map(({ node }) => node);
};

test("tells who, when, why, which kinds and on which ground, in plain Dutch", async () => {
  const { report } = await readReport(database);
  expect(report?.title).toBe("Wie heeft gekeken naar gegevens over u?");
  expect(report?.edges).toHaveLength(1);
  const [line] = await linesOf();
  expect(line?.text).toMatch(
    /^(Maan|Dins|Woens|Donder|Vrij|Zater|Zon)dag \d{1,2} [a-z]+ \d{4}, tussen \d{1,2} en \d{1,2} uur\. Lokalis: een medewerker van het buurtteam\. Gezien over u: het plan en de hulp\. Gevraagd over u, maar niet gekregen: gezondheid\. Gevraagd over uw gezin: veiligheid\. Om te helpen, en om die hulp met anderen af te spreken\. Voor vrijwillige hulp mag een organisatie gegevens van een andere organisatie zien als daar toestemming voor is \(Jeugdwet, artikel 7\.3\.11\)\.$/,
  );
  expect(line).toMatchObject({ organisationCode: "lokalis", purpose: "CARE" });
  expect(line?.what).toMatchObject([
    { how: "GIVEN", categories: ["CARE_PLAN"] },
    { how: "NOT_GIVEN", categories: ["PARENT_HEALTH"] },
    { how: "ASKED_OF_HOUSEHOLD", categories: ["SAFETY"] },
  ]);
});

test("and in English", async () => {
  const { report } = await readReport(database, MOTHER, "language: EN");
  expect(report?.title).toBe("Who looked at information about you?");
  expect(report?.edges[0]?.node.text).toMatch(
    /, between \d{1,2}:00 and \d{1,2}:00\. Lokalis: a worker of the neighbourhood team\. Seen about you: the plan and the help\. Asked about you, but not given: health\. Asked about your family: safety\. /,
  );
});

test("names no worker, no trace and no source", async () => {
  const text = JSON.stringify(await readReport(database));
  expect(text).not.toMatch(/lokalis\.worker|0{20}|"save"|SAVE/);
});

test("of a child under 12 a parent with authority sees what was asked, and none of what tells of a reporter", async () => {
  const { report } = await readReport(database, MOTHER, 'personId: "OVV-06-3"');
  expect(report?.title).toBe("Wie heeft gekeken naar gegevens over uw kind?");
  const [first] = report?.edges.filter(({ node }) => node.what.some(({ how }) => how === "ASKED")) ?? [];
  expect(first?.node.what).toEqual([
    { how: "ASKED", categories: ["EDUCATION"], sentence: "Gevraagd over uw kind: school." },
  ]);
});

test("a young person sees the own report", async () => {
  const lines = await linesOf("", aMember("OVV-06-4", "YOUNG_PERSON"));
  expect(lines.flatMap(({ what }) => what)).toContainEqual({
    how: "ASKED",
    categories: ["EDUCATION"],
    sentence: "Gevraagd over u: school.",
  });
});

describe("is refused, the same for who is there and who is not", () => {
  test.each([
    [
      "to the father about the child over whom he has no authority",
      aMember("OVV-06-2"),
      'personId: "OVV-06-3"',
    ],
    ["to the mother about her girl of thirteen", MOTHER, 'personId: "OVV-06-4"'],
    ["to the mother about the father", MOTHER, 'personId: "OVV-06-2"'],
    ["to the mother about somebody of another family", MOTHER, 'personId: "OVV-07-1"'],
    ["to the mother about nobody", MOTHER, 'personId: "OVV-99-1"'],
    ["to the mother under another word for herself", MOTHER, 'personId: ""'],
    ["to a child of seven about itself", aMember("OVV-06-3", "YOUNG_PERSON"), ""],
    ["to a worker", aRequester("lokalis.worker", "WORKER"), 'personId: "OVV-06-1"'],
    [
      "to a privacy officer",
      aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER"),
      'personId: "OVV-06-1"',
    ],
  ])("%s", async (_whom, reader, args) => {
    expect(await readReport(database, reader, args)).toEqual({ report: null, codes: ["ACCESS_DENIED"] });
  });

  test("for another purpose", async () => {
    expect(await readReport(database, MOTHER, "", "CARE")).toEqual({
      report: null,
      codes: ["ACCESS_DENIED"],
    });
  });
});

test.each([
  "first: 0",
  "first: 101",
  'after: "x"',
  `after: "${Buffer.from("2026-02-30T10|lokalis|WORKER|CARE").toString("base64url")}"`,
])("refuses %s", async (args) => {
  expect((await readReport(database, MOTHER, args)).codes).toEqual(["INPUT_INVALID"]);
});

test("nothing about the other parent, or about the girl, changes a parent's reports", async () => {
  const both = async () => [
    await readReport(database),
    await readReport(database, MOTHER, 'personId: "OVV-06-3"'),
  ];
  const before = await both();
  await putLooks(database, [
    {
      trace: 10,
      hoursAgo: 2,
      subjectId: "OVV-06-2",
      change: { categoriesDelivered: ["SECRET_ADDRESS", "IDENTITY"], source: "veilig-thuis" },
    },
    {
      trace: 11,
      hoursAgo: 3,
      subjectId: "OVV-06-2",
      change: {
        purpose: "SAFETY_ASSESSMENT",
        organisation: "veilig-thuis" as never,
        workerFunction: "ASSESSOR",
        categoriesDelivered: ["CONCERN_REPORT"],
      },
      household: { categoriesDelivered: ["REPORTER", "CONCERN_REPORT"], source: "veilig-thuis" },
    },
    {
      trace: 12,
      hoursAgo: 4,
      change: { act: "CREATE", operation: "recordConsent", categoriesDelivered: [] },
    },
    { trace: 13, hoursAgo: 5, change: { act: "SEARCH", operation: "findFamily", categoriesDelivered: [] } },
    {
      trace: 14,
      hoursAgo: 6,
      change: {
        organisation: "family" as never,
        worker: "OVV-06-2" as never,
        workerFunction: "PARENT",
        purpose: "SUBJECT_RIGHTS",
      },
    },
    { trace: 15, hoursAgo: 7, change: { categoriesDelivered: ["SECRET_ADDRESS"], source: "veilig-thuis" } },
    {
      trace: 16,
      hoursAgo: 8,
      subjectId: "OVV-06-3",
      change: { categoriesDelivered: ["REPORTER", "CRIMINAL"], source: "veilig-thuis" },
    },
  ]);
  const { owner } = database;
  await owner.query("update hub.person set birth_date = '1950-01-01', able = false where id in ('OVV-06-2')");
  await owner.query("update hub.authority set authority = 'UNKNOWN' where parent_id = 'OVV-06-2'");
  await owner.query("delete from hub.person_pseudonym where person_id in ('OVV-06-2', 'OVV-06-4')");
  await owner.query("update hub.consent set decision = 'REFUSED' where given_by in ('OVV-06-2', 'OVV-06-4')");
  expect(await both()).toEqual(before);
});
