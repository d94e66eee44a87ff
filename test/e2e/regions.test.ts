// One story in every region that comes with the hub, told by the region's own organisations, people and families.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { purposesOpenTo } from "../../gateway/privacy/purposes";
import { personasOf } from "../../shared/region/demo";
import { DEFAULT_REGION } from "../../shared/region/region";
import { knownRegions } from "../../shared/region/region-file";
import { entriesOf, newTrace } from "../kit/access-log";
import { ask, post, PROJECT_ROOT, TestHub, tokenOf, type Answer, type HubPlace } from "../kit/hub";
import { askReferral, referralIn, takeStep, untilReceived, type SeenReferral } from "../kit/referrals";
import { readRegionStory, type Party, type RegionStory } from "../kit/region-story";
import { sharedHub } from "../kit/shared-hub";
import { at, familyViewOf, withheldOf } from "../kit/view";

/** A start of a whole hub with its demo, on a machine that may be busy. */
const START_MS = 300_000;
const PATIENCE_MS = 120_000;
const INFORMED = { how: "SPOKEN", on: "2020-08-27" };
const DOCUMENT = readFileSync(join(PROJECT_ROOT, "docs", "regions.md"), "utf8");

const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);

describe.each(knownRegions())("the region %s", (code) => {
  let own: TestHub | undefined;
  let hub: HubPlace;
  let story: RegionStory;
  let parties: readonly Party[];
  beforeAll(async () => {
    story = await readRegionStory(code);
    parties = [story.localTeam, story.safeHome, story.agency, story.board];
    if (code !== DEFAULT_REGION) own = await TestHub.start({ SCHAKEL_REGION: code });
    hub = own?.place ?? sharedHub();
  }, START_MS);
  // Fails when a name or a number of one of its people was left behind.
  afterAll(async () => own?.remove(), START_MS);

  const view = async (party: Party, headers = {}): Promise<Answer> =>
    ask(hub, {
      persona: party.persona,
      purpose: party.purpose,
      query: familyViewOf(story.region.organisations.map(({ field }) => field)),
      variables: { id: story.family.id },
      headers,
    });
  const step = async (party: Party, name: string, input: Record<string, unknown>): Promise<SeenReferral> =>
    referralIn(await takeStep(hub, party.persona, name, input), name);
  const refer = async (from: Party, to: Party, input: Record<string, unknown>): Promise<Answer> =>
    takeStep(hub, from.persona, "refer", {
      familyId: story.family.id,
      receiver: to.organisation.code,
      familyInformed: INFORMED,
      reasonCode: "SAFETY_CONCERN",
      ...input,
    });

  test("lists its organisations, and no others", async () => {
    const { persona, purpose } = story.localTeam;
    const { body } = await ask(hub, { persona, purpose, query: "{ organisations { code name } }" });
    expect(body.data?.["organisations"]).toEqual(
      story.region.organisations.map((one) => ({ code: one.code, name: one.name })),
    );
  });

  test("has families of its own, of which a worker opens those that they work with", async () => {
    const { persona, purpose } = story.localTeam;
    const theirs = story.families.filter(({ assignments }) =>
      assignments.some(({ worker, untilOn }) => (worker as string) === persona && untilOn === null),
    );
    expect(theirs.length).toBeGreaterThan(0);
    for (const { id } of story.families) {
      const { body } = await ask(hub, { persona, purpose, query: `{ family(id: "${id}") { id } }` });
      if (theirs.some((one) => one.id === id)) expect(body.data).toEqual({ family: { id } });
      // In the hub that is shared, other tests let this worker work with more.
      else if (own) expect(body.data).toEqual({ family: null });
    }
  });

  describe("the combined view of its first family", () => {
    const answers = new Map<string, Answer>();
    beforeAll(async () => {
      for (const party of parties) answers.set(party.persona, await view(party));
    }, PATIENCE_MS);
    const answerOf = ({ persona }: Party): Answer => answers.get(persona)!;

    test("holds the own dossier of each, and nothing is missing", () => {
      for (const party of parties) {
        const answer = answerOf(party);
        expect(answer.status).toBe(200);
        expect(answer.body.extensions?.["unavailable"]).toEqual([]);
        expect(at(answer, ["family", party.organisation.field, "involvement", "since"])).not.toBeNull();
      }
    });

    test("is another one for each of them", () => {
      expect(new Set(parties.map((one) => JSON.stringify(answerOf(one).body.data))).size).toBe(
        parties.length,
      );
    });

    test("explains each gap once, by a rule with its ground, in two languages", () => {
      for (const party of parties) {
        const lines = withheldOf(answerOf(party));
        expect(lines.length).toBeGreaterThan(0);
        expect(new Set(lines.map(({ path }) => path.join("."))).size).toBe(lines.length);
        for (const { path, citation, reason, next } of lines) {
          expect([path, at(answerOf(party), path)]).toEqual([path, null]);
          expect(citation).not.toBe("");
          expect(Math.min(reason.nl.length, reason.en.length)).toBeGreaterThan(10);
          expect(next.length).toBeGreaterThan(0);
        }
      }
    });

    test("tells who reported to nobody but the assessor of the report", () => {
      const { field } = story.safeHome.organisation;
      const reporters = ["family", field, "reporters"];
      expect(JSON.stringify(at(answerOf(story.safeHome), reporters))).toContain("name");
      for (const party of [story.localTeam, story.agency, story.board]) {
        const line = withheldOf(answerOf(party)).find(({ path }) => path.join(".") === reporters.join("."));
        expect([line?.outcome, line?.rule]).toEqual(["DENY", "reporter-sealed"]);
      }
    });

    test("gives the local team the plan of an agency, or says by which rule not", () => {
      const answer = answerOf(story.localTeam);
      const involved = story.family.involvements.map(({ organisation }) => organisation as string);
      const agencies = story.region.organisations.filter(
        (one) => one.kind === "CERTIFIED_AGENCY" && involved.includes(one.code),
      );
      expect(agencies.length).toBeGreaterThan(0);
      for (const { field } of agencies) {
        const line = withheldOf(answer).find(({ path }) => path.join(".") === `family.${field}.carePlan`);
        expect([field, at(answer, ["family", field, "carePlan"]) === null]).toEqual([
          field,
          line !== undefined,
        ]);
      }
    });

    test("is on record before it is given, once for each subject at each source", async () => {
      const { traceId, headers } = newTrace();
      await view(story.localTeam, headers);
      const employer = story.localTeam.organisation.code;
      const entries = await entriesOf(hub, employer, traceId, { familyId: story.family.id });
      const sources = [...story.region.organisations.map((one) => one.code as string), "families"];
      const looked = entries.map((one) => `${one.subjectId} at ${one.source}`).toSorted();
      const subjects = [story.family.id as string, ...story.family.persons.map(({ id }) => id as string)];
      expect(looked).toEqual(
        subjects.flatMap((one) => sources.map((source) => `${one} at ${source}`)).toSorted(),
      );
    });
  });

  describe("a referral", () => {
    let id: string;
    test(
      "meets an objection, gets two owners, and goes back to nobody",
      async () => {
        const { localTeam, agency, safeHome } = story;
        const sent = await refer(localTeam, agency, { type: "GUIDANCE", consentBasis: "CONSENT_GIVEN" });
        ({ id } = referralIn(sent, "refer"));
        await untilReceived(hub, agency.persona, id);
        const objected = await step(agency, "objectToReferral", {
          referralId: id,
          reason: "TASK_OF_ANOTHER",
          proposal: safeHome.organisation.code,
        });
        expect(objected).toMatchObject({ state: "IN_CONSULTATION", owner: localTeam.organisation.code });
        await step(safeHome, "resolveConsultation", {
          consultationId: objected.consultation?.id,
          outcome: "ASSIGN_TOGETHER",
        });
        await step(safeHome, "acceptReferral", { referralId: id });
        const accepted = await step(agency, "acceptReferral", { referralId: id });
        expect(accepted).toMatchObject({
          state: "ACCEPTED",
          owner: agency.organisation.code,
          coOwner: safeHome.organisation.code,
        });
        const { history, sender } = referralIn(await askReferral(hub, localTeam.persona, id), "referral");
        const owners = history.map(({ owner }) => owner);
        expect(owners.lastIndexOf(sender)).toBeLessThan(owners.indexOf(agency.organisation.code));
      },
      PATIENCE_MS,
    );

    test("counts on one clock for everybody", async () => {
      const seen = await Promise.all(
        [story.localTeam, story.agency, story.safeHome].map(async ({ persona }) => {
          const { body } = await ask(hub, {
            persona,
            purpose: "REFERRAL",
            query: "query ($id: ID!) { family(id: $id) { waiting { totalDays workingDays } } }",
            variables: { id: story.family.id },
          });
          return JSON.stringify(body.data);
        }),
      );
      expect(new Set(seen).size).toBe(1);
      expect(seen[0]).toContain("totalDays");
    });

    test("that hands a family over is not for a local team that keeps its families", async () => {
      const { localTeam, agency } = story;
      const answer = await refer(localTeam, agency, {
        type: "GUIDANCE",
        consentBasis: "CONSENT_GIVEN",
        mode: "TRANSFER",
        transferReason: "OTHER_TASK_IN_LAW",
      });
      if (localTeam.organisation.keepsFamilies) {
        expect(answer.body.errors?.[0]?.extensions).toMatchObject({
          code: "INPUT_INVALID",
          argument: "input.mode",
        });
        return;
      }
      const { id: sent, state } = referralIn(answer, "refer");
      expect(state).toBe("SUBMITTED");
      await step(localTeam, "withdrawReferral", { referralId: sent, reason: "NO_LONGER_NEEDED" });
    });
  });

  test("has the teams of its file, each with its people", async () => {
    const members = personasOf(story.region).filter(({ team }) => team !== undefined);
    expect(new Set(members.map(({ team }) => team))).toEqual(
      new Set(story.region.teams.map((one) => one.code)),
    );
    for (const { code: persona, organisation, team, workerFunction } of members) {
      const query = `{ team(name: "${team}") { workerId team } }`;
      const { body } = await ask(hub, { persona, purpose: purposesOpenTo(workerFunction)[0]!, query });
      const colleagues = members.filter((one) => one.organisation === organisation && one.team === team);
      expect(body.data?.["team"]).toEqual(
        expect.arrayContaining(colleagues.map(({ worker }) => ({ workerId: worker, team })) as unknown[]),
      );
    }
    const member = members.find((one) => one.code === story.localTeam.persona);
    if (!member) return;
    const answer = await ask(hub, {
      persona: member.code,
      purpose: "CARE",
      query: "mutation ($input: AddTeamMemberInput!) { addTeamMember(input: $input) { team } }",
      variables: { input: { team: "elsewhere", workerId: "somebody", idempotencyKey: "no-such-team" } },
    });
    expect(answer.body.errors?.[0]?.extensions).toMatchObject({
      code: "INPUT_INVALID",
      argument: "input.team",
    });
  });

  test("takes nobody of an organisation that has ended, but who accounts for it, and sends it nothing", async () => {
    const ended = story.region.organisations.filter((one) => one.until !== undefined);
    for (const organisation of ended) {
      const officer = await ask(hub, {
        persona: `${organisation.code}.privacy-officer`,
        purpose: "OVERSIGHT",
        query: "{ me { organisation { code } } }",
      });
      expect(officer.body.data).toEqual({ me: { organisation: { code: organisation.code } } });
      const answer = await refer(
        story.localTeam,
        { ...story.safeHome, organisation },
        {
          type: "REPORT",
          consentBasis: "SAFETY_TASK",
        },
      );
      expect(codesOf(answer)).toEqual(["REFERRAL_ROUTE_UNKNOWN"]);
      // What it recorded is held, and read, by who continues its work.
      const next = parties.find((one) => one.organisation.code === organisation.continuedBy);
      const kept = at(await view(next!), ["family", organisation.field, "involvement", "since"]);
      expect(kept).toMatch(/^\d{4}-/);
    }
  });

  test("answers the query that the document gives for it", async () => {
    const [, section = ""] = new RegExp(`\`--region ${code}\`([^]*?)(?=\\n## |$)`).exec(DOCUMENT) ?? [];
    const [, persona = ""] = /token -- (?:--region \S+ )?([\w.-]+)\)/.exec(section) ?? [];
    const [, purpose = ""] = /purpose: (\w+)/.exec(section) ?? [];
    const [, body = ""] = /-d '(.*)'/.exec(section) ?? [];
    const [, promised = "{}"] = /```json\n([\s\S]*?)```/.exec(section) ?? [];
    const answer = await post(hub.port, body, {
      authorization: `Bearer ${await tokenOf(hub, persona)}`,
      purpose,
    });
    expect({ persona, purpose, query: (JSON.parse(body) as { query: string }).query }).toEqual(
      story.firstQuery,
    );
    expect({
      data: answer.body.data,
      withheld: withheldOf(answer).map(({ path, rule }) => [path.join("."), rule]),
    }).toEqual(JSON.parse(promised));
  });
});
