// A source that hangs or is gone costs its own part of a view, within the deadline, and is back by itself.

import { renameSync } from "node:fs";
import { join } from "node:path";
import { entriesOf, newTrace } from "../kit/access-log";
import { ask, eventually, TestHub, type Answer } from "../kit/hub";
import { whileGone, whileHanging } from "../kit/hub-processes";
import { at, FAMILY_VIEW, ORGANISATION_FIELDS, withheldOf } from "../kit/view";

/** What a source may take (2 s), and what everything else takes on a loaded machine. */
const DEADLINE_MS = 2_000;
const MARGIN_MS = 6_000;
const START_MS = 300_000;

const SOURCES = ["lokalis", "veilig-thuis", "save", "rvdk", "wss"];
/** For each source a worker who is given something by it about OVV-06. */
const ASKED_BY = [
  ["lokalis", "lokalis.worker", "CARE"],
  ["veilig-thuis", "veilig-thuis.assessor", "SAFETY_ASSESSMENT"],
  ["save", "lokalis.worker", "CARE"],
  ["rvdk", "rvdk.investigator", "INVESTIGATION"],
  ["wss", "wss.voluntary", "CARE"],
] as const;

interface Seen {
  readonly answer: Answer;
  readonly traceId: string;
  readonly tookMs: number;
  /** Source and cause of each line of `extensions.unavailable`. */
  readonly unavailable: readonly string[];
}

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start();
}, START_MS);
afterAll(async () => {
  await hub.remove();
});

async function view(persona: string, purpose: string): Promise<Seen> {
  const { traceId, headers } = newTrace();
  const begun = performance.now();
  const answer = await ask(hub.place, {
    persona,
    purpose,
    query: FAMILY_VIEW,
    variables: { id: "OVV-06" },
    headers,
  });
  const lines = (answer.body.extensions?.["unavailable"] ?? []) as { organisation: string; cause: string }[];
  return {
    answer,
    traceId,
    tookMs: performance.now() - begun,
    unavailable: lines.map(({ organisation, cause }) => `${organisation} ${cause}`),
  };
}

/** What a source gave in a view, about the household and each member. */
function partOf(source: string, { answer }: Seen): unknown[] {
  const field = ORGANISATION_FIELDS[SOURCES.indexOf(source)] ?? "";
  const members = at(answer, ["family", "members"]) as Record<string, unknown>[];
  return [at(answer, ["family", field]), ...members.map((member) => member[field])];
}

/** A view with nothing missing. */
const wholeView = async (persona: string, purpose: string): Promise<Seen> =>
  eventually(
    "a view with every source",
    async () => {
      const seen = await view(persona, purpose);
      return seen.answer.body.errors === undefined && seen.unavailable.length === 0 ? seen : undefined;
    },
    120_000,
  );

const holdsData = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(holdsData)
    : typeof value === "object" && value !== null
      ? Object.values(value).some(holdsData)
      : value !== null;

/** Everything about one source is missing and said to be; everything else is as it was. */
async function expectOnlyPartMissing(
  source: string,
  cause: string,
  before: Seen,
  during: Seen,
  employer: string,
): Promise<void> {
  expect(during.answer.status).toBe(200);
  expect(during.answer.body.errors).toBeUndefined();
  expect(during.unavailable).toEqual([`${source} ${cause}`]);
  expect(during.tookMs).toBeLessThan(DEADLINE_MS + MARGIN_MS);
  expect(holdsData(partOf(source, before))).toBe(true);
  expect(holdsData(partOf(source, during))).toBe(false);
  for (const other of SOURCES.filter((one) => one !== source)) {
    expect(partOf(other, during)).toEqual(partOf(other, before));
  }
  expect(withheldOf(during.answer)).toEqual(withheldOf(before.answer));

  const asked = await entriesOf(hub.place, employer, before.traceId);
  const logged = await entriesOf(hub.place, employer, during.traceId);
  expect(logged).toHaveLength(asked.length);
  for (const entry of logged) {
    const whole = asked.find((one) => one.subjectId === entry.subjectId && one.source === entry.source);
    const missing = entry.source === source && (whole?.categoriesDelivered.length ?? 0) > 0;
    expect(entry.outcome).toBe(missing ? "UNAVAILABLE" : whole?.outcome);
    expect(entry.categoriesDelivered).toEqual(missing ? [] : whole?.categoriesDelivered);
  }
}

describe.each(ASKED_BY)("without %s", (source, persona, purpose) => {
  const employer = persona.split(".")[0] ?? "";

  test("that hangs, the rest is given within the deadline, and it is back once it goes on", async () => {
    const before = await wholeView(persona, purpose);
    const gateway = hub.pidOf("gateway");
    const during = await whileHanging(hub, source, async () => view(persona, purpose));
    await expectOnlyPartMissing(source, "TIMEOUT", before, during, employer);
    expect(partOf(source, await wholeView(persona, purpose))).toEqual(partOf(source, before));
    expect(hub.pidOf("gateway")).toBe(gateway);
  });

  test("that is gone, the rest is given at once, and it is back once it is started again", async () => {
    const before = await wholeView(persona, purpose);
    const gateway = hub.pidOf("gateway");
    const during = await whileGone(hub, source, async () => view(persona, purpose));
    await expectOnlyPartMissing(source, "UNREACHABLE", before, during, employer);
    expect(partOf(source, await wholeView(persona, purpose))).toEqual(partOf(source, before));
    expect(hub.pidOf("gateway")).toBe(gateway);
  });
});

describe("what is not missed", () => {
  test("a source that may not be asked, so that nothing is learnt from its being away", async () => {
    const before = await wholeView("lokalis.worker", "CARE");
    const during = await whileHanging(hub, "veilig-thuis", async () => view("lokalis.worker", "CARE"));
    expect(during.unavailable).toEqual([]);
    expect(during.answer.body.data).toEqual(before.answer.body.data);
  });

  test("the register of referrals, in a view", async () => {
    const during = await whileGone(hub, "referrals", async () => view("lokalis.worker", "CARE"));
    expect(during.unavailable).toEqual([]);
    expect(during.answer.body.errors).toBeUndefined();
  });
});

test("without the folder that a source reads, its part is missing and said to be, until the folder is back", async () => {
  const before = await wholeView("rvdk.investigator", "INVESTIGATION");
  const folder = join(hub.place.folder, "data", "systems", "rvdk");
  renameSync(folder, `${folder}.away`);
  try {
    const during = await view("rvdk.investigator", "INVESTIGATION");
    expect(during.answer.body.errors).toBeUndefined();
    expect(during.unavailable).toEqual(["rvdk ERROR"]);
    expect(holdsData(partOf("rvdk", before))).toBe(true);
    expect(holdsData(partOf("rvdk", during))).toBe(false);
    for (const other of SOURCES.filter((one) => one !== "rvdk")) {
      expect(partOf(other, during)).toEqual(partOf(other, before));
    }
  } finally {
    renameSync(`${folder}.away`, folder);
  }
  const after = await wholeView("rvdk.investigator", "INVESTIGATION");
  expect(partOf("rvdk", after)).toEqual(partOf("rvdk", before));
});

describe.each([
  ["veilig-thuis", "veilig-thuis.assessor", "SAFETY_ASSESSMENT"],
  ["save", "lokalis.worker", "CARE"],
] as const)("without the system that %s asks", (source, persona, purpose) => {
  const system = `${source}-system`;

  /** Everything of it is missing and said to be; everything else is as it was, and it is back with its system. */
  const expectItsPartMissing = async (before: Seen, during: Seen): Promise<void> => {
    expect(during.answer.body.errors).toBeUndefined();
    expect(during.unavailable).toEqual([`${source} ERROR`]);
    expect(during.tookMs).toBeLessThan(DEADLINE_MS + MARGIN_MS);
    expect(holdsData(partOf(source, before))).toBe(true);
    expect(holdsData(partOf(source, during))).toBe(false);
    for (const other of SOURCES.filter((one) => one !== source)) {
      expect(partOf(other, during)).toEqual(partOf(other, before));
    }
    expect(partOf(source, await wholeView(persona, purpose))).toEqual(partOf(source, before));
  };

  test("because it hangs, its part is missing within the deadline, until it goes on", async () => {
    const before = await wholeView(persona, purpose);
    const during = await whileHanging(hub, system, async () => view(persona, purpose));
    await expectItsPartMissing(before, during);
  });

  test("because it is gone, its part is missing, until it is started again", async () => {
    const before = await wholeView(persona, purpose);
    const during = await whileGone(hub, system, async () => view(persona, purpose));
    await expectItsPartMissing(before, during);
  });
});

test("two sources away at the same time cost two parts, and no more time", async () => {
  await wholeView("lokalis.worker", "CARE");
  const during = await whileHanging(hub, "save", async () =>
    whileHanging(hub, "lokalis", async () => view("lokalis.worker", "CARE")),
  );
  expect([...during.unavailable].toSorted()).toEqual(["lokalis TIMEOUT", "save TIMEOUT"]);
  expect(during.tookMs).toBeLessThan(DEADLINE_MS + MARGIN_MS);
});

test("without the register of families there is an error within the deadline, and a view again afterwards", async () => {
  await wholeView("lokalis.worker", "CARE");
  const during = await whileHanging(hub, "families", async () => view("lokalis.worker", "CARE"));
  expect(during.tookMs).toBeLessThan(DEADLINE_MS + MARGIN_MS);
  expect(during.answer.body.errors?.map((one) => one.extensions["code"])).toEqual(["SOURCE_UNAVAILABLE"]);
  expect(holdsData(during.answer.body.data ?? null)).toBe(false);
  await wholeView("lokalis.worker", "CARE");
  expect(await entriesOf(hub.place, "lokalis", during.traceId)).toMatchObject([
    { source: "families", outcome: "UNAVAILABLE", subjectId: "OVV-06" },
  ]);
});
