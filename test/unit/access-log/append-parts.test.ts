// What is handed to the database: what entries and lines have in common once, and nothing of one entry under another.

import { randomBytes } from "node:crypto";
import { array, assert, constantFrom, property, record, subarray } from "fast-check";
import type { NewAccessLogEntry } from "../../../shared/access-log/access-log-entry";
import { partsOf } from "../../../shared/access-log/append-parts";
import { processingLinesOf } from "../../../shared/access-log/processing-lines";
import { openSubject } from "../../../shared/access-log/subject";
import type { SubjectKey } from "../../../shared/access-log/subject-keys";
import { anEntry } from "../../kit/access-log-entries";

const MEMBERS = new Map([["OVV-06", ["OVV-06-1", "OVV-06-2"]]]);

/** The parts of these entries, read as the database reads them; with the keys under which their subjects stand. */
function handedOver(entries: readonly NewAccessLogEntry[]) {
  const lines = processingLinesOf(entries, { members: MEMBERS });
  const parts = partsOf(entries.map((entry, n) => ({ entry, lines: lines[n] ?? [] })));
  const keys = new Map(
    [...parts.subjects.keys()].map((name, n): [string, SubjectKey] => [
      name,
      { id: `00000000-0000-8000-8000-${String(n).padStart(12, "0")}`, key: randomBytes(32) },
    ]),
  );
  const [kinds = "", lineKinds = "", ...columns] = parts.valuesWith(keys);
  const [subjectKeys = [], sealed = [], ids = [], entryKinds = [], subjects = [], reliedOn = [], ...ofLines] =
    columns.map((column) => (column === "{}" ? [] : column.slice(1, -1).split(",")));
  const keyOf = new Map([...keys.values()].map(({ id, key }) => [id, key]));
  const subjectAt = (place: string | undefined) => {
    const id = subjectKeys[Number(place) - 1] ?? "";
    const text = sealed[Number(place) - 1] ?? "";
    return text === "NULL"
      ? undefined
      : openSubject(Buffer.from(text, "hex"), keyOf.get(id) ?? Buffer.alloc(0));
  };
  return {
    kinds: JSON.parse(kinds) as Record<string, unknown>[],
    lineKinds: JSON.parse(lineKinds) as Record<string, unknown>[],
    lines,
    columns,
    ids,
    entryKinds: entryKinds.map(Number),
    subjects,
    reliedOn,
    subjectAt,
    ofLines,
    sealed,
  };
}

test("entries that differ in id, subject and ground alone are of one kind, and so are their lines", () => {
  const { kinds, lineKinds, ids, ofLines } = handedOver([
    anEntry({ subjectType: "PERSON", subjectId: "OVV-06-1", reliedOn: ["CONSENT:1"] }),
    anEntry({ subjectType: "PERSON", subjectId: "OVV-06-2", reliedOn: [] }),
  ]);
  expect(kinds).toHaveLength(1);
  expect(lineKinds.map(({ name }) => name)).toEqual(["Verzoek family", "Gegevens opgevraagd bij save"]);
  expect(new Set(ids).size).toBe(2);
  expect(ofLines[0]).toEqual(["1", "1", "2"]);
});

test("a subject is sealed once, and only when an entry is about it", () => {
  const { sealed, subjects } = handedOver([anEntry(), anEntry({ source: "wss" })]);
  // The members of the family have lines and no entry.
  expect(sealed.filter((one) => one !== "NULL")).toHaveLength(1);
  expect(sealed).toHaveLength(3);
  expect(subjects[0]).toBe(subjects[1]);
});

test("what might be read as more than one value is one", () => {
  const { columns } = handedOver([anEntry({ reliedOn: ['A","B', String.raw`C\D`] })]);
  expect(columns[5]).toBe(String.raw`{"A\",\"B,C\\D"}`);
});

test("whatever differs between entries, each has what it said, about whom it was", () => {
  const anyEntry = record({
    act: constantFrom("READ", "SEARCH"),
    outcome: constantFrom("DELIVERED", "PARTIAL"),
    operation: constantFrom("family", "view"),
    team: constantFrom(null, "noord", "zuid"),
    purpose: constantFrom("CARE", "CONSULT"),
    source: constantFrom("save", "wss", null),
    categoriesDelivered: subarray(["CARE_PLAN", "SAFETY", "IDENTITY"] as const),
    categoriesWithheld: subarray(["CARE_PLAN", "PARENT_HEALTH"] as const),
    rules: subarray(["consent-given", "own-file"]),
    errorCode: constantFrom(null, "INTERNAL"),
    origin: constantFrom(null, "127.0.0.1"),
    subject: constantFrom(
      { subjectType: "FAMILY", subjectId: "OVV-06", familyId: "OVV-06" },
      { subjectType: "PERSON", subjectId: "OVV-06-1", familyId: "OVV-06" },
      { subjectType: "PERSON", subjectId: "OVV-06-1", familyId: null },
      { subjectType: "NONE", subjectId: null, familyId: null },
    ),
  });
  assert(
    property(array(anyEntry, { minLength: 1, maxLength: 12 }), (made) => {
      const entries = made.map(({ subject, ...one }) => anEntry({ ...one, ...subject }));
      const given = handedOver(entries);
      for (const [n, entry] of entries.entries()) {
        const kind = given.kinds[(given.entryKinds[n] ?? 0) - 1];
        expect(kind).toEqual({
          trace_id: entry.traceId,
          act: entry.act,
          outcome: entry.outcome,
          operation: entry.operation,
          worker: entry.worker,
          organisation: entry.organisation,
          team: entry.team,
          worker_function: entry.workerFunction,
          purpose: entry.purpose,
          subject_type: entry.subjectType,
          source: entry.source,
          categories_delivered: entry.categoriesDelivered,
          categories_withheld: entry.categoriesWithheld,
          rules: entry.rules,
          policy_set: entry.policySet,
          error_code: entry.errorCode,
          origin: entry.origin,
        });
        const { subjectType, subjectId, familyId } = entry;
        const about = { type: subjectType, id: subjectId, familyId };
        const place = given.subjects[n];
        if (subjectType === "NONE") expect(place).toBe("NULL");
        else expect(given.subjectAt(place)).toEqual(about);
      }
      const [lineEntries = [], lineKinds = []] = given.ofLines;
      const expected = given.lines.flatMap((own, n) =>
        own.map(({ kind }) => [n + 1, kind.name, kind.statusCode]),
      );
      expect(
        lineEntries.map((entry, n) => {
          const kind = given.lineKinds[Number(lineKinds[n]) - 1];
          return [Number(entry), kind?.["name"], kind?.["status_code"]];
        }),
      ).toEqual(expected);
    }),
  );
});
