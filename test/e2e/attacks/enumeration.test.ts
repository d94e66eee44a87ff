// Trying citizens' numbers one by one learns nothing about who is known: not from the answers, not from the time they take.
// And whoever tries is stopped after some tens, on record, and the privacy officer is told.

import { join } from "node:path";
import { numbersKnownTo, unknownNumbers } from "../../kit/demo-numbers";
import { ask, post, tokenOf, type Answer } from "../../kit/hub";
import { asOwner } from "../../kit/hub-database";
import { runLogCommand } from "../../kit/log-command";
import { chanceAlike } from "../../kit/rank-test";
import { startSecondGateway } from "../../kit/second-gateway";
import { startSecondRegister } from "../../kit/second-register";
import { DEFAULT_REGION, loadRegion } from "../../../shared/region/region";
import { sharedHub } from "../../kit/shared-hub";
import { at } from "../../kit/view";

const hub = sharedHub();
const QUERY = "query ($bsn: String!) { findFamily(bsn: $bsn) { id members { id } } }";

/** Numbers of one sort in one request: what a number costs shows the more, and the machine has less to do besides. */
const TOGETHER = 4;
const PLACES = Array.from({ length: TOGETHER }, (_, n) => n + 1);
const QUERY_TOGETHER = `query (${PLACES.map((n) => `$n${n}: String!`).join(", ")}) {
  ${PLACES.map((n) => `f${n}: findFamily(bsn: $n${n}) { id members { id } }`).join(" ")}
}`;

/** Tries, of which chance decides each time what sort of number it is. */
const TRIES = 10_000;
/** Tries at most, on a machine that is so busy that a millisecond does not show in the first ones. */
const MOST_TRIES = 20_000;
/** A round of tries, after which is looked whether there are enough. */
const ROUND = 2_500;
/** The planted difference: so long the clock of the planted sort runs on after its answer. */
const PLANTED_MS = 1;
/** One in a thousand whole runs tells sorts apart that are alike: three pairs, each at a third of that. */
const FALSE_ALARMS = 0.001;
const PAIRS_COMPARED = 3;
/** In ms: the longest that all tries may take on a busy machine. */
const LONGEST_MS = 1_200_000;

/** Sorts of numbers: known to the own organisation, known to others alone, known to nobody, and the planted difference. */
const SORTS = ["OWN", "OTHERS", "NOBODY", "PLANTED"] as const;
type Sort = (typeof SORTS)[number];

/** Who tries: a worker with a function in which people work with families, though not with these. */
const ORGANISATIONS = loadRegion(DEFAULT_REGION).organisations.map(({ code }) => code as string);
const ENUMERATOR = { persona: "wss.voluntary", organisation: "wss", purpose: "CARE" };
/** Who is stopped by the limits as they are when nobody sets them. */
const STOPPED = { persona: "rvdk.investigator", organisation: "rvdk", purpose: "INVESTIGATION" };
const DEFAULT_PER_WORKER = 30;

const outcomeOf = ({ status, body }: Answer): string => JSON.stringify([status, body.data, body.errors]);

async function caseloadOf({ persona, purpose }: typeof ENUMERATOR): Promise<ReadonlySet<string>> {
  const answer = await ask(hub, {
    persona,
    purpose,
    query: "{ caseload(first: 100) { edges { node { id } } } }",
  });
  const edges = at(answer, ["caseload", "edges"]) as readonly { node: { id: string } }[];
  return new Set(edges.map(({ node }) => node.id));
}

/** The numbers of each sort, without those of families that the enumerator works with. */
async function numbersBySort(): Promise<Readonly<Record<Sort, readonly string[]>>> {
  const mine = await caseloadOf(ENUMERATOR);
  const of = (organisation: string): string[] =>
    [...numbersKnownTo(organisation)].flatMap(([family, numbers]) => (mine.has(family) ? [] : numbers));
  const all = ORGANISATIONS.flatMap((code) => [...numbersKnownTo(code).values()].flat());
  const ofMine = new Set(
    ORGANISATIONS.flatMap((code) =>
      [...numbersKnownTo(code)].flatMap(([family, numbers]) => (mine.has(family) ? numbers : [])),
    ),
  );
  const notMine = (numbers: readonly string[]): string[] => numbers.filter((one) => !ofMine.has(one));
  const own = notMine(of(ENUMERATOR.organisation));
  const others = notMine(all).filter((one) => !own.includes(one));
  const nobody = unknownNumbers(200, new Set(all));
  return { OWN: own, OTHERS: others, NOBODY: nobody, PLANTED: nobody };
}

describe("ten thousand tries, with the limit out of the way", () => {
  const times: Record<Sort, number[]> = { OWN: [], OTHERS: [], NOBODY: [], PLANTED: [] };
  const outcomes = new Map<string, number>();
  const chanceFor = (one: Sort, other: Sort): number => chanceAlike(times[one], times[other]);
  const stops: (() => Promise<void>)[] = [];

  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  beforeAll(async () => {
    const register = await startSecondRegister(hub, {
      SCHAKEL_SEARCHES_PER_WORKER: "1000000",
      SCHAKEL_SEARCHES_PER_ORGANISATION: "1000000",
    });
    stops.push(register.stop);
    const gateway = await startSecondGateway(
      hub,
      { families: register.url },
      {
        SCHAKEL_RATE_PER_WORKER: "0",
        SCHAKEL_RATE_PER_ORGANISATION: "0",
        SCHAKEL_RATE_PER_ADDRESS: "0",
      },
    );
    stops.push(gateway.stop);
    const numbers = await numbersBySort();
    for (const sort of SORTS) expect([sort, numbers[sort].length]).not.toEqual([sort, 0]);
    const authorization = `Bearer ${await tokenOf(hub, ENUMERATOR.persona, 3_600)}`;

    const anyOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
    const askOnce = async (isMeasured: boolean): Promise<void> => {
      const sort = anyOf(SORTS);
      const variables = Object.fromEntries(PLACES.map((n) => [`n${n}`, anyOf(numbers[sort])]));
      const body = JSON.stringify({ query: QUERY_TOGETHER, variables });
      const begun = performance.now();
      const answer = await post(gateway.port, body, { authorization, purpose: ENUMERATOR.purpose });
      if (sort === "PLANTED") for (const until = performance.now() + PLANTED_MS; performance.now() < until;);
      const ms = performance.now() - begun;
      if (!isMeasured) return;
      times[sort].push(ms);
      const outcome = outcomeOf(answer);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    };
    // One after the other: requests that wait for each other would drown in that what is looked for.
    const tryMany = async (count: number, isMeasured: boolean): Promise<void> => {
      for (let left = count; left > 0; left -= TOGETHER) await askOnce(isMeasured);
    };
    // What a process pays for once, it pays for here.
    await tryMany(200, false);
    let tried = 0;
    const doesShow = (): boolean => chanceFor("NOBODY", "PLANTED") < FALSE_ALARMS / PAIRS_COMPARED;
    while (tried < TRIES || (tried < MOST_TRIES && !doesShow())) {
      await tryMany(ROUND, true);
      tried += ROUND;
    }
  }, LONGEST_MS);

  test("all give one and the same answer", () => {
    const nothing = Object.fromEntries(PLACES.map((n) => [`f${n}`, null]));
    expect([...outcomes]).toEqual([[JSON.stringify([200, nothing, undefined]), expect.any(Number)]]);
    expect((outcomes.values().next().value ?? 0) * TOGETHER).toBeGreaterThanOrEqual(TRIES);
  });

  test("a difference of a millisecond, planted, does show", () => {
    expect(chanceFor("NOBODY", "PLANTED")).toBeLessThan(FALSE_ALARMS / PAIRS_COMPARED);
  });

  test.each<[Sort, Sort]>([
    ["OWN", "NOBODY"],
    ["OTHERS", "NOBODY"],
    ["OWN", "OTHERS"],
  ])("the time tells no number of sort %s from one of sort %s", (one, other) => {
    expect(chanceFor(one, other)).toBeGreaterThan(FALSE_ALARMS / PAIRS_COMPARED);
  });
});

describe("with the limits as they are", () => {
  const SENT = DEFAULT_PER_WORKER + 15;
  const answers: Answer[] = [];
  let since: Date;

  beforeAll(async () => {
    since = new Date();
    const known = [...numbersKnownTo("lokalis").values()].flat();
    const unknown = unknownNumbers(SENT, new Set(known));
    for (let n = 0; n < SENT; n += 1) {
      const bsn = (n % 2 === 0 ? known[n % known.length] : unknown[n]) ?? "";
      answers.push(await ask(hub, { ...STOPPED, query: QUERY, variables: { bsn } }));
    }
  });

  test("a worker is stopped, for known and unknown numbers alike, and told when to try again", () => {
    const refused = answers.filter(
      ({ body }) => body.errors?.[0]?.extensions["code"] === "SEARCH_LIMIT_REACHED",
    );
    expect(refused).toEqual(answers.slice(DEFAULT_PER_WORKER));
    for (const { body } of refused) {
      expect(body.data).toEqual({ findFamily: null });
      expect(body.errors?.[0]?.extensions).toMatchObject({ retryAfterSeconds: expect.any(Number) });
      expect(JSON.stringify(body)).not.toMatch(/9999\d{5}/);
    }
  });

  test("several searches in one request count one by one", async () => {
    const query = `query ($bsn: String!) { ${[1, 2, 3].map((n) => `a${n}: findFamily(bsn: $bsn) { id }`).join(" ")} }`;
    const before = await countOf(STOPPED.persona);
    const { body } = await ask(hub, { ...STOPPED, query, variables: { bsn: "999990408" } });
    expect(body.errors?.map(({ extensions }) => extensions["code"])).toEqual(
      Array.from({ length: 3 }, () => "SEARCH_LIMIT_REACHED"),
    );
    expect(await countOf(STOPPED.persona)).toBe(before + 3);
  });

  test("refusals are on record, and a signal tells the privacy officer of the worker's employer", async () => {
    const { rows } = await asOwner(hub, (owner) =>
      owner.query<{ refused: number }>(
        `select count(*)::int as refused from access_log.entry
         where worker = $1 and error_code = 'SEARCH_LIMIT_REACHED' and recorded_at >= $2`,
        [STOPPED.persona, since],
      ),
    );
    expect(rows[0]?.refused).toBeGreaterThanOrEqual(SENT - DEFAULT_PER_WORKER);
    const looked = await runLogCommand(["signals"], {
      SCHAKEL_PORT: String(hub.port),
      SCHAKEL_DATA_DIR: join(hub.folder, "data"),
    });
    expect([looked.code, looked.err]).toEqual([0, ""]);
    const answer = await ask(hub, {
      persona: `${STOPPED.organisation}.privacy-officer`,
      purpose: "OVERSIGHT",
      query: "{ reviews(first: 100) { edges { node { worker signals { kind } } } } }",
    });
    const edges = at(answer, ["reviews", "edges"]) as readonly {
      node: { worker: string; signals: readonly { kind: string }[] };
    }[];
    const found = edges.filter(({ node }) => node.signals.some(({ kind }) => kind === "SEARCH_LIMIT"));
    expect(found.map(({ node }) => node.worker)).toEqual([STOPPED.persona]);
  });
});

/** How many searches of a worker the running hour counts. */
async function countOf(worker: string): Promise<number> {
  const { rows } = await asOwner(hub, (owner) =>
    owner.query<{ points: number }>("select points from hub.search_limit where key like $1", [
      `findFamily:worker:%:${worker}`,
    ]),
  );
  return rows[0]?.points ?? 0;
}
