// What a question gives is what a plain look at all entries gives: for any filter, page by page, and counted.

import * as fc from "fast-check";
import type { AccessLogEntry, NewAccessLogEntry } from "../../../shared/access-log/access-log-entry";
import { AccessAct, AccessOutcome } from "../../../shared/access-log/access-log-entry";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { AccessLogCountBy, countEntries, divideEntries } from "../../../shared/access-log/count-entries";
import type { AccessLogFilter } from "../../../shared/access-log/entry-filter";
import { ENTRY_COLUMNS, findEntries, type EntryPosition } from "../../../shared/access-log/find-entries";
import type { Category, Purpose } from "../../../shared/kernel/codes";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import { today } from "../../../shared/kernel/plain-date";
import { anEntry } from "../../kit/access-log-entries";
import { inThePast } from "../../kit/built-log";
import { withDatabase } from "../../kit/database";

const database = withDatabase();

const ORGANISATIONS = ["lokalis", "save", "rvdk"] as const;
const SOURCES = [...ORGANISATIONS, "families"] as const;
const CATEGORIES: readonly Category[] = ["CARE_PLAN", "SAFETY", "REPORTER"];
const PURPOSES: readonly Purpose[] = ["CARE", "INVESTIGATION", "ACUTE_SAFETY"];
const RULES = ["consent-given", "default-closed", "emergency-minimum-set"] as const;
const GROUNDS = ["CONSENT:1", "EMERGENCY:-", "MEASURE:2"] as const;
const FAMILIES = ["F1", "F2", "F3"] as const;
/** The last lives in two households. */
const PERSONS = ["F1-1", "F2-1", "F2-2", "CHILD"] as const;
const WORKERS = ["1", "2", "3"] as const;

/** Each family with who is in it. */
const LIVES_IN: Readonly<Record<string, readonly string[]>> = {
  "F1-1": ["F1"],
  "F2-1": ["F2"],
  "F2-2": ["F2"],
  CHILD: ["F1", "F2"],
};

const oneOf = fc.constantFrom;
const someOf = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values]);

const aSubject: fc.Arbitrary<Pick<NewAccessLogEntry, "subjectType" | "subjectId" | "familyId">> = fc.oneof(
  fc.constant({ subjectType: "NONE" as const, subjectId: null, familyId: null }),
  oneOf(...FAMILIES).map((id) => ({ subjectType: "FAMILY" as const, subjectId: id, familyId: id })),
  // Somebody typed an id that nobody has.
  oneOf("F9", "P9").map((id) => ({
    subjectType: id === "F9" ? ("FAMILY" as const) : ("PERSON" as const),
    subjectId: id,
    familyId: null,
  })),
  oneOf(...PERSONS).chain((id) =>
    oneOf(...(LIVES_IN[id] ?? [])).map((familyId) => ({
      subjectType: "PERSON" as const,
      subjectId: id,
      familyId,
    })),
  ),
);

const anyEntry: fc.Arbitrary<NewAccessLogEntry> = fc
  .record({
    organisation: oneOf(...ORGANISATIONS),
    worker: oneOf(...WORKERS),
    anonymous: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    source: fc.option(oneOf(...SOURCES), { nil: null }),
    purpose: oneOf(...PURPOSES),
    act: oneOf(...Object.values(AccessAct)),
    outcome: oneOf(...Object.values(AccessOutcome)),
    delivered: someOf(CATEGORIES),
    withheld: someOf(CATEGORIES),
    rules: someOf(RULES),
    reliedOn: someOf(GROUNDS),
    subject: aSubject,
  })
  .map(({ subject, organisation, worker, anonymous, delivered, withheld, ...rest }) => {
    const gave = rest.outcome === "DELIVERED" || rest.outcome === "PARTIAL";
    const nobody = anonymous && rest.outcome === "REFUSED";
    return anEntry({
      ...rest,
      ...subject,
      worker: nobody ? null : toWorkerId(`${organisation}.${worker}`),
      organisation: nobody ? null : toOrganisationCode(organisation),
      workerFunction: nobody ? null : "WORKER",
      categoriesDelivered: gave ? delivered : [],
      categoriesWithheld: withheld,
    });
  });

/** Everything that was written, oldest first, read without a filter. */
let all: AccessLogEntry[];
/** The household of each person as far as the log knows. */
let householdsOf: Map<string, Set<string>>;

const ENTRIES = 240;

beforeAll(async () => {
  const writer = createAccessLogWriter(database.pool);
  const entries = fc.sample(anyEntry, { numRuns: ENTRIES, seed: 41 });
  // In batches of several sizes: entries of one batch have one moment.
  const write = async (from: number, to: number): Promise<void> => {
    for (let first = from, size = 1; first < to; first += size, size = (size % 7) + 1) {
      await writer.write(entries.slice(first, Math.min(first + size, to)));
    }
  };
  // Over more than a year: what is recent is looked at first, then the last year.
  await inThePast(database.owner, "450 days", () => write(0, ENTRIES / 3));
  await inThePast(database.owner, "70 days", () => write(ENTRIES / 3, ENTRIES / 2));
  await write(ENTRIES / 2, ENTRIES);
  const { rows } = await database.owner.query<AccessLogEntry>(
    `select ${ENTRY_COLUMNS} from access_log.entry e left join access_log.subject_key k on k.id = e.subject_key order by e.position`,
  );
  all = rows;
  householdsOf = new Map();
  for (const { subjectType, subjectId, familyId } of all) {
    if (subjectType !== "PERSON" || subjectId === null || familyId === null) continue;
    householdsOf.set(subjectId, (householdsOf.get(subjectId) ?? new Set()).add(familyId));
  }
});

type Question = Omit<AccessLogFilter, "from" | "to"> & { readonly fromNth?: number; readonly toNth?: number };

/** Questions name up to two things. */
const aQuestion: fc.Arbitrary<Question> = fc
  .record({
    concerning: oneOf(...ORGANISATIONS, "wss"),
    familyId: oneOf(...FAMILIES, "F9", "F0"),
    personId: oneOf(...PERSONS, "P9", "P0"),
    worker: oneOf("lokalis.1", "save.2", "rvdk.3", "nobody"),
    organisation: oneOf(...ORGANISATIONS),
    source: oneOf(...SOURCES),
    purpose: oneOf(...PURPOSES),
    act: oneOf(...Object.values(AccessAct)),
    outcome: oneOf(...Object.values(AccessOutcome)),
    category: oneOf(...CATEGORIES),
    delivered: oneOf(...CATEGORIES),
    withheld: oneOf(...CATEGORIES),
    rule: oneOf(...RULES, "no-such-rule"),
    emergency: fc.boolean(),
    fromNth: fc.nat(ENTRIES - 1),
    toNth: fc.nat(ENTRIES - 1),
  })
  .chain((question) => {
    const { concerning, ...further } = question;
    const names = Object.keys(further) as (keyof typeof further)[];
    return fc.subarray(names, { maxLength: 2 }).map((kept): Question => ({
      concerning,
      ...Object.fromEntries(kept.map((name) => [name, further[name]])),
    }));
  });

function toFilter({ fromNth, toNth, ...question }: Question): AccessLogFilter {
  const moment = (nth: number | undefined): string | undefined =>
    nth === undefined ? undefined : all[nth]?.recordedAt;
  const from = moment(fromNth);
  const to = moment(toNth);
  return { ...question, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** What the filter means, said once more and plainly. */
function holds(entry: AccessLogEntry, filter: AccessLogFilter): boolean {
  const { subjectType, subjectId, familyId } = entry;
  const asked = [...entry.categoriesDelivered, ...entry.categoriesWithheld];
  const ofFamily = (id: string): boolean => familyId === id || (subjectType === "FAMILY" && subjectId === id);
  const ofPerson = (id: string): boolean =>
    subjectType === "PERSON"
      ? subjectId === id
      : subjectType === "FAMILY" && (householdsOf.get(id)?.has(subjectId ?? "") ?? false);
  const is = <T>(wanted: T | undefined, test: (wanted: T) => boolean): boolean =>
    wanted === undefined || test(wanted);
  return (
    ((entry.organisation as string | null) === filter.concerning || entry.source === filter.concerning) &&
    is(filter.familyId, ofFamily) &&
    is(filter.personId, ofPerson) &&
    is(filter.worker, (one) => (entry.worker as string | null) === one) &&
    is(filter.organisation, (one) => (entry.organisation as string | null) === one) &&
    is(filter.source, (one) => entry.source === one) &&
    is(filter.purpose, (one) => entry.purpose === one) &&
    is(filter.act, (one) => entry.act === one) &&
    is(filter.outcome, (one) => entry.outcome === one) &&
    is(filter.category, (one) => asked.includes(one)) &&
    is(filter.delivered, (one) => entry.categoriesDelivered.includes(one)) &&
    is(filter.withheld, (one) => entry.categoriesWithheld.includes(one)) &&
    is(filter.rule, (one) => entry.rules.includes(one)) &&
    is(filter.emergency, (one) => entry.reliedOn.some((two) => two.startsWith("EMERGENCY:")) === one) &&
    is(filter.from, (one) => entry.recordedAt >= one) &&
    is(filter.to, (one) => entry.recordedAt < one)
  );
}

const expectedOf = (filter: AccessLogFilter): AccessLogEntry[] =>
  all.filter((entry) => holds(entry, filter)).toReversed();

/** All pages of a question, of a size. */
async function pagesOf(filter: AccessLogFilter, first: number): Promise<AccessLogEntry[]> {
  const found: AccessLogEntry[] = [];
  for (let after: EntryPosition | undefined; ;) {
    const page = await findEntries(database.pool, filter, { first, ...(after ? { after } : {}) });
    found.push(...page.entries);
    after = page.entries.at(-1);
    if (!page.hasNextPage || !after) return found;
  }
}

test("gives the entries that the filter means, each once, newest first, whatever the size of a page", async () => {
  let notEmpty = 0;
  await fc.assert(
    fc.asyncProperty(aQuestion, fc.integer({ min: 4, max: 60 }), async (question, size) => {
      const filter = toFilter(question);
      const expected = expectedOf(filter);
      notEmpty += Number(expected.length > 0);
      expect(await pagesOf(filter, size)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
  expect(notEmpty).toBeGreaterThan(60);
}, 120_000);

test("counts as many as it gives", async () => {
  await fc.assert(
    fc.asyncProperty(aQuestion, async (question) => {
      const filter = toFilter(question);
      expect(await countEntries(database.pool, filter)).toBe(expectedOf(filter).length);
    }),
    { numRuns: 200 },
  );
}, 120_000);

/** The keys of an entry, with whether something left and was withheld. */
function keysOf(entry: AccessLogEntry, by: AccessLogCountBy): [string | null, boolean, boolean][] {
  const { categoriesDelivered: delivered, categoriesWithheld: withheld } = entry;
  const whole = (key: string | null): [string | null, boolean, boolean][] => [
    [key, delivered.length > 0, withheld.length > 0],
  ];
  switch (by) {
    case "DAY":
      return whole(today(new Date(entry.recordedAt)));
    case "PURPOSE":
      return whole(entry.purpose);
    case "OUTCOME":
      return whole(entry.outcome);
    case "FUNCTION":
      return whole(entry.workerFunction);
    case "SOURCE":
      return whole(entry.source);
    case "RULE":
      return entry.rules.flatMap(whole);
    case "CATEGORY":
      return [...new Set([...delivered, ...withheld])].map((key) => [
        key,
        delivered.includes(key),
        withheld.includes(key),
      ]);
  }
}

test.each(Object.values(AccessLogCountBy))(
  "divides what it gives by %s",
  async (by) => {
    await fc.assert(
      fc.asyncProperty(aQuestion, async (question) => {
        const filter = toFilter(question);
        const counted = new Map<string | null, { entries: number; delivered: number; withheld: number }>();
        for (const [key, delivered, withheld] of expectedOf(filter).flatMap((one) => keysOf(one, by))) {
          const known = counted.get(key) ?? { entries: 0, delivered: 0, withheld: 0 };
          known.entries += 1;
          known.delivered += Number(delivered);
          known.withheld += Number(withheld);
          counted.set(key, known);
        }
        const found = await divideEntries(database.pool, filter, by);
        expect(new Map(found.map(({ key, ...counts }) => [key, counts]))).toEqual(counted);
        const keys = found.map(({ key }) => key ?? "~");
        expect(keys).toEqual(keys.toSorted());
      }),
      { numRuns: 60 },
    );
  },
  120_000,
);
