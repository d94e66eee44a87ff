// A child whom the hub does not know: a case is opened that the own system has, and whether others know the child is asked of
// those that may be asked, and told to both sides.

import { numbersKnownTo } from "../kit/demo-numbers";
import { ask } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import {
  A_PARENT,
  ASSESSOR,
  bodyOf,
  checkOf,
  CHILDREN,
  codesOf,
  NOT_KNOWN,
  openingOf,
  outcomesOf,
  withKnowingRegion,
  type OpenedIds,
} from "../kit/known-here";
import { chanceAlike } from "../kit/rank-test";
import { sharedHub } from "../kit/shared-hub";
import { linesOf } from "../kit/traced";
import { at } from "../kit/view";

const hub = sharedHub();
const region = withKnowingRegion(hub);
const { KNOWN, ALONE, SHIELDED, TAKEN_IN, OF_NOBODY } = CHILDREN;

describe("opening a case", () => {
  test("makes the child and the household, with the number of the case that the own system gave", async () => {
    const input = openingOf(TAKEN_IN);
    const { answer, entries } = await region.openTraced(input);
    const made = at(answer, ["openCase"]) as { familyId: string; personId: string };
    expect(made).toMatchObject({ organisation: "veilig-thuis", caseReference: "VT-9003" });
    expect(linesOf(entries)).toEqual([
      `CREATE DELIVERED openCase ${made.personId} families [] [] -`,
      `SEARCH DELIVERED openCase ${made.personId} veilig-thuis [HOUSEHOLD,IDENTITY,INVOLVEMENT] [] -`,
    ]);
    const again = await region.open(ASSESSOR, input);
    expect(at(again, ["openCase"])).toEqual(made);
    const family = await ask(
      hub,
      { ...ASSESSOR, query: `{ family(id: "${made.familyId}") { members { id role } } }` },
      region.gatewayPort,
    );
    expect(at(family, ["family", "members"])).toEqual([{ id: made.personId, role: "CHILD" }]);
  });

  test("is refused without a case in the own system, and for who has none of their own", async () => {
    expect(codesOf(await region.open(ASSESSOR, openingOf(OF_NOBODY)))).toEqual(["CASE_NOT_FOUND"]);
    const reviewer = { persona: "rvdk.reviewer", purpose: "INDEPENDENT_REVIEW" };
    expect(codesOf(await region.open(reviewer, openingOf(TAKEN_IN)))).toEqual(["ACCESS_DENIED"]);
  });

  test("is refused with another birth date than the own system has, and about a parent", async () => {
    const mistyped = await region.open(ASSESSOR, openingOf(ALONE, "2017-03-04"));
    expect(codesOf(mistyped)).toEqual(["BIRTH_DATE_DIFFERS"]);
    expect(JSON.stringify(mistyped.body)).not.toMatch(/201[78]-03-04/);
    expect(codesOf(await region.open(ASSESSOR, openingOf(A_PARENT)))).toEqual(["PERSON_IS_NO_CHILD"]);
  });

  test("tells no number that others know from one that nobody knows", async () => {
    const ofOthers = [...numbersKnownTo("save").values()].flat()[0] ?? "";
    const colleague = { persona: "lokalis.colleague", purpose: "CARE" };
    const bodies: unknown[] = [];
    for (const bsn of [ofOthers, TAKEN_IN, OF_NOBODY]) {
      bodies.push(bodyOf(await region.open(colleague, openingOf(bsn))));
    }
    expect(bodies[0]).toMatchObject({ errors: [{ extensions: { code: "CASE_NOT_FOUND" } }] });
    expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]]);
  });

  test("waits for the own system, and changes nothing while that is down", async () => {
    region.veiligThuis.isDown = true;
    const answer = await region.open(ASSESSOR, openingOf(ALONE));
    region.veiligThuis.isDown = false;
    expect(codesOf(answer)).toEqual(["SOURCE_UNAVAILABLE"]);
    expect(answer.body.extensions?.["unavailable"]).toMatchObject([{ organisation: "veilig-thuis" }]);
  });
});

describe("a check whether others know the child", () => {
  test("asks nobody while no report is being assessed, and says by which rule", async () => {
    region.nobodyAsked();
    const { body } = await region.check(TAKEN_IN);
    expect(body.data).toEqual({ checkKnownHere: null });
    expect(body.errors).toMatchObject([
      { extensions: { code: "ACCESS_DENIED", rule: "safe-home-nothing-open", next: ["USE_OTHER_PURPOSE"] } },
    ]);
    expect(region.asked).toEqual({ lokalis: 0, rvdk: 0, agencies: 0 });
  });

  test("is for an assessor, about a child of a case that they have, for a report, by itself", async () => {
    region.nobodyAsked();
    const worker = { persona: "lokalis.worker", purpose: "CARE" };
    expect(codesOf(await region.check(TAKEN_IN, worker))).toEqual(["ACCESS_DENIED"]);
    expect(codesOf(await region.check(TAKEN_IN, { ...ASSESSOR, purpose: "INVESTIGATION" }))).toEqual([
      "ACCESS_DENIED",
    ]);
    expect(codesOf(await region.check(OF_NOBODY))).toEqual(["FAMILY_NOT_FOUND"]);
    expect(codesOf(await region.check("999999999"))).toEqual(["INPUT_INVALID"]);
    const two =
      "mutation ($input: CheckKnownHereInput!) { one: checkKnownHere(input: $input) { id } two: checkKnownHere(input: $input) { id } }";
    const twice = await region.asks(ASSESSOR, two, checkOf(TAKEN_IN));
    expect(codesOf(twice)).toEqual(["INPUT_INVALID", "INPUT_INVALID"]);
    expect(region.asked).toEqual({ lokalis: 0, rvdk: 0, agencies: 0 });
  });

  describe("of a child that Lokalis knows and the hub does not link", () => {
    let ids: OpenedIds;
    let traced: Awaited<ReturnType<typeof region.checkTraced>>;
    const input = checkOf(KNOWN, "POLICE_REPORT");
    beforeAll(async () => {
      ids = await region.opened(KNOWN);
      region.nobodyAsked();
      traced = await region.checkTraced(input);
    });

    test("finds it, and asks who may be asked for no more than that", () => {
      expect(at(traced.answer, ["checkKnownHere"])).toMatchObject({ ...ids, reason: "POLICE_REPORT" });
      expect(outcomesOf(traced.answer)).toEqual({ ...NOT_KNOWN, lokalis: "KNOWN" });
      expect(region.asked).toEqual({ lokalis: 1, rvdk: 1, agencies: 0 });
      for (const [grant] of [region.lokalis.asked, region.rvdk.asked]) {
        expect(grant?.subjects).toEqual([
          {
            type: "Person",
            id: ids.personId,
            key: expect.any(String),
            categories: ["INVOLVEMENT"],
            withCase: true,
          },
        ]);
      }
      expect(JSON.stringify(traced.answer.body)).not.toContain("LOK-9001");
    });

    test("is on record for every organisation, with the rule for who was not asked", () => {
      expect(linesOf(traced.entries)).toEqual([
        `CREATE DELIVERED checkKnownHere ${ids.personId} families [] [] -`,
        `READ DELIVERED checkKnownHere ${ids.personId} lokalis [INVOLVEMENT] [] -`,
        `READ DELIVERED checkKnownHere ${ids.personId} rvdk [INVOLVEMENT] [] -`,
        `READ WITHHELD checkKnownHere ${ids.personId} save [] [INVOLVEMENT] -`,
        `READ WITHHELD checkKnownHere ${ids.personId} wss [] [INVOLVEMENT] -`,
      ]);
      for (const { source, rules } of traced.entries)
        if (source !== "families") expect(rules).toHaveLength(1);
    });

    test("tells Lokalis, with its own number of the case, and nobody else", async () => {
      const tasksOf = async (persona: string, purpose: string): Promise<unknown[]> => {
        const query =
          "{ tasks(first: 100) { edges { node { cause personId about obligation ownCaseReference toDo { nl } } } } }";
        const edges = at(await ask(hub, { persona, purpose, query }), ["tasks", "edges"]) as {
          node: { cause: string; personId: string };
        }[];
        return edges
          .map(({ node }) => node)
          .filter(({ cause, personId }) => cause === "KNOWN_HERE" && personId === ids.personId);
      };
      expect(await tasksOf("lokalis.colleague", "CARE")).toEqual([
        {
          cause: "KNOWN_HERE",
          personId: ids.personId,
          about: "veilig-thuis",
          obligation: "KNOWN_HERE",
          ownCaseReference: "LOK-9001",
          toDo: { nl: expect.stringContaining("melding") },
        },
      ]);
      expect(await tasksOf("rvdk.investigator", "INVESTIGATION")).toEqual([]);
      expect(await tasksOf("save.guardian", "MEASURE_EXECUTION")).toEqual([]);
      expect(await tasksOf("veilig-thuis.assessor", "SAFETY_ASSESSMENT")).toEqual([]);
    });

    test("keeps the link with who knows the child, and none with the others", async () => {
      const rows = await asOwner(hub, async (owner) => {
        const found = await owner.query<{ organisation: string }>(
          "select organisation from hub.person_pseudonym where person_id = $1 order by 1",
          [ids.personId],
        );
        return found.rows.map(({ organisation }) => organisation);
      });
      expect(rows).toEqual(["lokalis", "veilig-thuis"]);
    });

    test("asks nobody twice when it is sent again, and gives the same", async () => {
      region.nobodyAsked();
      const again = await region.checkAgain(input);
      expect(at(again, ["checkKnownHere"])).toEqual(at(traced.answer, ["checkKnownHere"]));
      expect(region.asked).toEqual({ lokalis: 0, rvdk: 0, agencies: 0 });
    });
  });

  test("gives the same for who may not say as for who does not know the child, and keeps nothing", async () => {
    const answers: unknown[] = [];
    for (const bsn of [ALONE, SHIELDED]) {
      const ids = await region.opened(bsn);
      region.nobodyAsked();
      const answer = await region.check(bsn);
      expect(region.asked).toEqual({ lokalis: 1, rvdk: 1, agencies: 0 });
      const { body, status } = answer;
      const { traceId: _traceId, ...extensions } = body.extensions ?? {};
      const {
        id: _id,
        familyId: _familyId,
        personId,
        ...told
      } = at(answer, ["checkKnownHere"]) as Record<string, unknown>;
      expect(personId).toBe(ids.personId);
      answers.push({ status, told, extensions, errors: body.errors });
      const kept = await asOwner(hub, (owner) =>
        owner.query(
          `select organisation from hub.person_pseudonym where person_id = $1 and organisation <> 'veilig-thuis'
           union all select organisation from hub.task where person_id = $1
           union all select m.organisation from hub.known_here_match m join hub.known_here_check c on c.id = m.check_id
             where c.person_id = $1`,
          [ids.personId],
        ),
      );
      expect(kept.rows).toEqual([]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({
      told: { organisations: expect.arrayContaining([{ organisation: "lokalis", outcome: "NOT_KNOWN" }]) },
    });
  });

  test("says of a source that is down that it gave no answer, not that it does not know the child", async () => {
    region.rvdk.isDown = true;
    const answer = await region.check(ALONE);
    region.rvdk.isDown = false;
    expect(outcomesOf(answer)).toEqual({ ...NOT_KNOWN, rvdk: "UNAVAILABLE" });
    expect(answer.body.extensions?.["unavailable"]).toMatchObject([{ organisation: "rvdk" }]);
  });

  describe("tried many times", () => {
    /** One run in a thousand tells apart what is alike. */
    const FALSE_ALARMS = 0.001;
    const ROUNDS = 15;
    const AT_ONCE = 6;
    /** In ms: no answer leaves before the first even time (250 ms), whatever was found; a timer may be a little early. */
    const NOT_BEFORE_MS = 240;
    const times = { unknown: [] as number[], shielded: [] as number[] };

    beforeAll(async () => {
      const tryOnce = async (isMeasured: boolean): Promise<void> => {
        const sort = Math.random() < 0.5 ? "unknown" : "shielded";
        const begun = performance.now();
        await region.check(sort === "shielded" ? SHIELDED : ALONE);
        if (isMeasured) times[sort].push(performance.now() - begun);
      };
      // What a process pays for once, it pays for in the first round.
      for (let round = 0; round <= ROUNDS; round += 1) {
        await Promise.all(Array.from({ length: AT_ONCE }, () => tryOnce(round > 0)));
      }
    }, 120_000);

    test("the time does not tell who may not say from who does not know the child", () => {
      expect(chanceAlike(times.unknown, times.shielded)).toBeGreaterThan(FALSE_ALARMS);
    });

    test("no answer leaves before the first even time", () => {
      expect(Math.min(...times.unknown, ...times.shielded)).toBeGreaterThan(NOT_BEFORE_MS);
    });
  });
});
