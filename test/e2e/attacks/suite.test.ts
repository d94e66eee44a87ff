// The published attack cases, each against a running hub. How to read and add one: test/rules/attacks/README.md.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ATTACKS_FOLDER, readAttackCases, type AttackCase, type Control } from "../../kit/attack-cases";
import { expectAnswer, expectSame, expectSoundness, shownBy } from "../../kit/attack-checks";
import { AttackedHub } from "../../kit/attack-run";
import { filledIn, newMeanings, type Meanings } from "../../kit/attack-words";
import { sharedHub } from "../../kit/shared-hub";

const LEAST_CASES = 60;
/** One way to ask is a case; an exit is known by several. */
const LEAST_CASES_OF_AN_EXIT = 3;
const cases = readAttackCases();

let hub: AttackedHub;
beforeAll(async () => {
  hub = await AttackedHub.start(sharedHub());
});
afterAll(async () => {
  await hub.stop();
});

/** Runs `work` after what a case finds beforehand, and puts all of it right again. */
async function prepared(
  { given = [], before = [], after = [] }: Pick<AttackCase, "given" | "before" | "after">,
  work: (meanings: Meanings) => Promise<void>,
): Promise<void> {
  const meanings = newMeanings();
  try {
    await hub.prepare(given, before, meanings);
    await work(meanings);
  } finally {
    await hub.takeAway(after, meanings);
  }
}

/** The attack and each request that must not be told from it, and the same organisations were asked as often. */
async function expectNoDifference(content: AttackCase, meanings: Meanings): Promise<void> {
  const attack = await hub.send(content, meanings);
  for (const other of content.expect.sameAs ?? []) {
    const { persona = content.persona, operation = content.operation, ...rest } = other;
    const request = { ...content, ...rest, persona, operation };
    expectSame(
      [attack, filledIn(content.variables, meanings)],
      [await hub.send(request, meanings), filledIn(request.variables, meanings)],
    );
  }
}

/** What a control gets of what the attack must not get; the control itself is answered without an error. */
async function shownTo(control: Control, content: AttackCase): Promise<string[]> {
  const { given = content.given, before = content.before, after = content.after, at, ...changed } = control;
  const { persona = content.persona, operation = content.operation, ...rest } = changed;
  const { token: _token, headers: _headers, ...same } = content;
  let found: string[] = [];
  await prepared({ given, before, after }, async (meanings) => {
    const outcome = await hub.send({ ...same, ...rest, persona, operation }, meanings);
    expect([outcome.status, outcome.body.errors]).toEqual([200, undefined]);
    found = shownBy(outcome, content, at, meanings);
  });
  return found;
}

describe.each(cases)("$exit / $name: $content.title", ({ content }) => {
  test("gets nothing out", async () => {
    await prepared(content, async (meanings) => {
      const outcome = await hub.send(content, meanings);
      expectAnswer(outcome, content, meanings);
      expectSoundness(outcome);
      if (content.expect.sameAs) await expectNoDifference(content, meanings);
    });
  });

  if (content.controls) {
    test("would have got something, in the hands of somebody who may", async () => {
      const { nullAt = [], notThere = [], absentEverywhere = [] } = content.expect;
      const found = new Set<string>();
      for (const control of content.controls ?? []) {
        for (const one of await shownTo(control, content)) found.add(one);
      }
      expect([...nullAt, ...notThere, ...absentEverywhere].filter((one) => !found.has(one))).toEqual([]);
    });
  }
});

describe("the cases together", () => {
  test(`are ${LEAST_CASES} or more, each with a name and a title of its own`, () => {
    expect(cases.length).toBeGreaterThanOrEqual(LEAST_CASES);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(new Set(cases.map(({ content }) => content.title)).size).toBe(cases.length);
  });

  test(`are ${LEAST_CASES_OF_AN_EXIT} or more for every exit, and the page beside them explains each exit`, () => {
    const page = readFileSync(join(ATTACKS_FOLDER, "README.md"), "utf8");
    const explained = [...page.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, exit]) => exit);
    const exits = [...new Set(cases.map(({ exit }) => exit))];
    expect(explained).toEqual(expect.arrayContaining(exits));
    for (const exit of exits) {
      expect(cases.filter((one) => one.exit === exit).length).toBeGreaterThanOrEqual(LEAST_CASES_OF_AN_EXIT);
    }
  });
});
