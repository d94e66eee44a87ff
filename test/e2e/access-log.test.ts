// Every access is on record before the answer leaves: once per subject and source, as it was, and without a name.

import { entriesOf, newTrace, readLog, type SeenEntry } from "../kit/access-log";
import { ask, type Answer } from "../kit/hub";
import { referralIn, takeStep, untilReceived } from "../kit/referrals";
import { sharedHub } from "../kit/shared-hub";
import { at, CATEGORY_OF, FAMILY_VIEW, ORGANISATION_FIELDS, withheldOf } from "../kit/view";

const hub = sharedHub();
const SOURCES = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"];

const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);

interface Dossier {
  readonly subjectId: string;
  readonly source: string;
  /** Null when the organisation has none, or when that may not be known. */
  readonly fields: Readonly<Record<string, unknown>> | null;
}

/** All dossiers of a view. */
function dossiersIn(answer: Answer): Dossier[] {
  const family = at(answer, ["family"]) as Record<string, unknown> & { members: Record<string, unknown>[] };
  return [family, ...family.members].flatMap((subject) =>
    ORGANISATION_FIELDS.map((field, index) => ({
      subjectId: String(subject["id"]),
      source: SOURCES[index] ?? "",
      fields: subject[field] as Dossier["fields"],
    })),
  );
}

describe.each([
  ["lokalis.worker", "CARE", "OVV-06"],
  ["lokalis.worker", "CARE", "OVV-11"],
  ["veilig-thuis.assessor", "SAFETY_ASSESSMENT", "OVV-06"],
  ["rvdk.investigator", "INVESTIGATION", "OVV-06"],
  ["save.guardian", "MEASURE_EXECUTION", "OVV-07"],
] as const)("a view by %s for %s of %s", (persona, purpose, id) => {
  const { traceId, headers } = newTrace();
  const employer = persona.split(".")[0] ?? "";
  let answer: Answer;
  let entries: SeenEntry[];
  beforeAll(async () => {
    answer = await ask(hub, { persona, purpose, query: FAMILY_VIEW, variables: { id }, headers });
    entries = await entriesOf(hub, employer, traceId, { familyId: id });
  });
  const entryOf = ({ subjectId, source }: Pick<Dossier, "subjectId" | "source">): SeenEntry[] =>
    entries.filter((one) => one.subjectId === subjectId && one.source === source);

  test("is on record exactly once for each subject at each source, and nothing else is", () => {
    const dossiers = dossiersIn(answer);
    const subjects = new Set(dossiers.map(({ subjectId }) => subjectId));
    for (const dossier of dossiers) expect(entryOf(dossier)).toHaveLength(1);
    for (const subjectId of subjects) expect(entryOf({ subjectId, source: "families" })).toHaveLength(1);
    expect(entries).toHaveLength(dossiers.length + subjects.size);
  });

  test("says who asked what for, and by which rules it was decided", () => {
    for (const entry of entries) {
      expect(entry).toMatchObject({ worker: persona, organisation: employer, purpose, familyId: id });
      expect(entry).toMatchObject({ act: "READ", errorCode: null, origin: expect.any(String) });
      expect(entry.policySet).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(entry.rules.length).toBeGreaterThan(0);
      expect(entry.subjectType).toBe(entry.subjectId === id ? "FAMILY" : "PERSON");
    }
    for (const line of withheldOf(answer)) {
      const [entry] = entryOf({ subjectId: line.subject.id, source: line.organisation });
      expect(entry?.rules).toContain(line.rule);
    }
  });

  test("has on record as withheld what the answer explains as withheld", () => {
    for (const dossier of dossiersIn(answer)) {
      const [entry] = entryOf(dossier);
      const explained = withheldOf(answer)
        .filter((line) => line.subject.id === dossier.subjectId && line.organisation === dossier.source)
        .map((line) => line.category);
      // That there is a dossier of a person is INVOLVEMENT, which no field of that dossier asks for.
      const asField = (entry?.categoriesWithheld ?? []).filter(
        (category) => category !== "INVOLVEMENT" || dossier.subjectId === id,
      );
      expect([dossier.subjectId, dossier.source, asField]).toEqual([
        dossier.subjectId,
        dossier.source,
        dossier.fields === null ? [] : [...new Set(explained)].toSorted(),
      ]);
    }
  });

  test("has on record as delivered what the answer holds, and nothing that it withholds", () => {
    for (const dossier of dossiersIn(answer)) {
      const [entry] = entryOf(dossier);
      const held = Object.entries(dossier.fields ?? {}).filter(([, value]) => value !== null);
      for (const [field] of held) expect(entry?.categoriesDelivered).toContain(CATEGORY_OF[field]);
      for (const category of entry?.categoriesDelivered ?? []) {
        expect(entry?.categoriesWithheld).not.toContain(category);
      }
      const { length: delivered } = entry?.categoriesDelivered ?? [];
      const { length: withheld } = entry?.categoriesWithheld ?? [];
      const outcome = withheld === 0 ? "DELIVERED" : delivered > 0 ? "PARTIAL" : "WITHHELD";
      expect(entry?.outcome).toBe(outcome);
    }
  });

  test("is seen by the privacy officer of each source, as far as it was asked of that source", async () => {
    for (const source of SOURCES.filter((one) => one !== employer)) {
      const seen = await entriesOf(hub, source, traceId, { familyId: id });
      expect(seen).toEqual(entries.filter((one) => one.source === source));
    }
  });
});

describe("what is refused and what is changed", () => {
  test.each([
    ["that others work with", "OVV-15", "OVV-15"],
    ["that does not exist", "OVV-99", null],
  ])("a family %s is on record as refused", async (_which, id, familyId) => {
    const { traceId, headers } = newTrace();
    const query = `{ family(id: "${id}") { id lokalis { carePlan { summary } } } }`;
    const answer = await ask(hub, { persona: "lokalis.worker", purpose: "CARE", query, headers });
    expect(codesOf(answer)).toEqual(["FAMILY_NOT_FOUND"]);
    const entries = await entriesOf(hub, "lokalis", traceId);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      outcome: "REFUSED",
      errorCode: "FAMILY_NOT_FOUND",
      operation: "family",
      source: "families",
      subjectType: "FAMILY",
      subjectId: id,
      familyId,
      categoriesDelivered: [],
    });
  });

  test("a referral is on record once, as created, and each step of it as a change", async () => {
    const sent = newTrace();
    const referral = referralIn(
      await takeStep(
        hub,
        "lokalis.worker",
        "refer",
        {
          familyId: "OVV-06",
          type: "GUIDANCE",
          receiver: "save",
          reasonCode: "EXPERTISE_NEEDED",
          consentBasis: "CONSENT_GIVEN",
          familyInformed: { how: "SPOKEN", on: "2020-08-27" },
        },
        sent.headers,
      ),
      "refer",
    );
    const about = { source: "referrals", subjectId: "OVV-06", familyId: "OVV-06", purpose: "REFERRAL" };
    expect(await entriesOf(hub, "lokalis", sent.traceId)).toMatchObject([
      { ...about, act: "CREATE", outcome: "DELIVERED", operation: "refer", worker: "lokalis.worker" },
    ]);
    await untilReceived(hub, "save.voluntary", referral.id);
    const reviewed = newTrace();
    await takeStep(hub, "save.voluntary", "reviewReferral", { referralId: referral.id }, reviewed.headers);
    expect(await entriesOf(hub, "save", reviewed.traceId)).toMatchObject([
      { ...about, act: "UPDATE", outcome: "DELIVERED", operation: "reviewReferral", organisation: "save" },
    ]);
  }, 90_000);

  test("a change that the register refuses is on record as refused, with the code", async () => {
    const { traceId, headers } = newTrace();
    const answer = await takeStep(
      hub,
      "lokalis.worker",
      "refer",
      {
        familyId: "OVV-06",
        type: "GUIDANCE",
        receiver: "veilig-thuis",
        reasonCode: "EXPERTISE_NEEDED",
        consentBasis: "CONSENT_GIVEN",
        familyInformed: { how: "SPOKEN", on: "2020-08-27" },
      },
      headers,
    );
    expect(codesOf(answer)).toEqual(["REFERRAL_ROUTE_UNKNOWN"]);
    expect(await entriesOf(hub, "lokalis", traceId)).toMatchObject([
      { act: "UPDATE", outcome: "REFUSED", errorCode: "REFERRAL_ROUTE_UNKNOWN", subjectId: "OVV-06" },
    ]);
  });

  test("an attempt on a family under the number of a citizen is on record without that number", async () => {
    for (const id of ["999918473", "9999.18.473", "9999-18473"]) {
      const { traceId, headers } = newTrace();
      await ask(hub, {
        persona: "lokalis.worker",
        purpose: "CARE",
        query: `query ($id: ID!) { family(id: $id) { id } }`,
        variables: { id },
        headers,
      });
      expect(await entriesOf(hub, "lokalis", traceId)).toMatchObject([
        { subjectId: "(not an id)", outcome: "REFUSED" },
      ]);
    }
  });
});

describe("reading the log", () => {
  test.each(SOURCES)(
    "shows %s what its workers did and what others asked of it, and no more",
    async (own) => {
      const seen = await readLog(hub, own);
      expect(seen.length).toBeGreaterThan(0);
      const others = seen.filter((one) => one.organisation !== own && one.source !== own);
      expect(others).toEqual([]);
    },
  );

  test("is refused to a worker and to the operator of the hub, and that is on record", async () => {
    const query = `{ accessLog { edges { node { subjectId } } } }`;
    const { traceId, headers } = newTrace();
    const worker = await ask(hub, { persona: "lokalis.worker", purpose: "CARE", query, headers });
    expect(codesOf(worker)).toEqual(["ACCESS_DENIED"]);
    expect(worker.body.data?.["accessLog"] ?? null).toBeNull();
    const operator = await ask(hub, { persona: "hub.operator", purpose: "OVERSIGHT", query });
    expect(codesOf(operator)).toEqual(["ACCESS_DENIED"]);
    expect(await entriesOf(hub, "lokalis", traceId)).toMatchObject([
      { act: "OVERSIGHT", outcome: "REFUSED", errorCode: "ACCESS_DENIED", worker: "lokalis.worker" },
    ]);
  });

  test("is itself on record", async () => {
    const { traceId, headers } = newTrace();
    await ask(hub, {
      persona: "save.privacy-officer",
      purpose: "OVERSIGHT",
      query: `{ accessLog(first: 1) { edges { node { id } } } }`,
      headers,
    });
    expect(await entriesOf(hub, "save", traceId)).toMatchObject([
      {
        act: "OVERSIGHT",
        outcome: "DELIVERED",
        operation: "accessLog",
        worker: "save.privacy-officer",
        subjectType: "NONE",
        source: "access-log",
      },
    ]);
  });

  test("an answer of a page holds every entry once, newest first", async () => {
    const seen = await readLog(hub, "lokalis");
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const moments = seen.map(({ recordedAt }) => recordedAt);
    expect(moments).toEqual(moments.toSorted().toReversed());
  });
});
