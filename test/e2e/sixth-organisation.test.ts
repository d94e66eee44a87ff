// An organisation whose kind no rule names takes part: it is in the directory and, by its name, in the combined view; every
// part of it is withheld because nothing allows it, the log says so, and its source is asked for nothing.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_REGION, loadRegion } from "../../shared/region/region";
import { newTrace } from "../kit/access-log";
import { ask, type Answer } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { sharedHub } from "../kit/shared-hub";
import { entriesOfTrace, type LoggedEntry } from "../kit/traced";
import { at, familyViewOf, withheldOf } from "../kit/view";

const hub = sharedHub();
const DATA = join(hub.folder, "data");
const CODE = "leerplicht";
const FAMILY = "OVV-08";
const SUBJECTS = [FAMILY, "OVV-08-1", "OVV-08-2", "OVV-08-3", "OVV-08-4"];
const FIELDS = loadRegion(DEFAULT_REGION).organisations.map(({ field }) => field);

/** Whether the record of a source itself has a line of this request. */
function isAtSource(organisation: string, traceId: string): boolean {
  const folder = join(DATA, "deliveries", organisation);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.some((file) => readFileSync(join(folder, file), "utf8").includes(traceId));
}

test("stands in the directory beside the others, with a service that is ready", async () => {
  const query = "{ organisations { code name health owner contact } }";
  const { body } = await ask(hub, { persona: "lokalis.worker", purpose: "CARE", query });
  expect(body.data?.["organisations"]).toContainEqual({
    code: CODE,
    name: "Leerplicht Utrecht",
    health: "READY",
    owner: "Functioneel beheer Leerplicht",
    contact: "koppeling@leerplicht.example",
  });
});

test("is involved with the family, and linked to who is in its own case", async () => {
  const { rows } = await asOwner(hub, async (owner) =>
    owner.query<{ person: string }>(
      `select person_id as person from hub.involvement i join hub.person p using (family_id)
         join hub.person_pseudonym s on s.person_id = p.id and s.organisation = i.organisation
       where family_id = $1 and i.organisation = $2 order by 1`,
      [FAMILY, CODE],
    ),
  );
  expect(rows.map(({ person }) => person)).toEqual(["OVV-08-1", "OVV-08-3", "OVV-08-4"]);
});

describe.each([
  ["lokalis.worker", "CARE"],
  ["rvdk.investigator", "INVESTIGATION"],
  ["wss.guardian", "MEASURE_EXECUTION"],
] as const)("in the view of %s for %s", (persona, purpose) => {
  const { traceId, headers } = newTrace();
  let answer: Answer;
  let entries: readonly LoggedEntry[];
  beforeAll(async () => {
    const variables = { id: FAMILY };
    answer = await ask(hub, { persona, purpose, query: familyViewOf(FIELDS), variables, headers });
    entries = await entriesOfTrace(hub, traceId);
  });

  test("nothing that it holds is given", () => {
    expect(answer.status).toBe(200);
    expect(answer.body.errors).toBeUndefined();
    const family = at(answer, ["family"]) as Record<string, unknown> & { members: Record<string, unknown>[] };
    expect([family, ...family.members].map((one) => one["id"])).toEqual(SUBJECTS);
    const given = [family, ...family.members].flatMap((one) =>
      Object.entries(one[CODE] ?? {}).filter(([, value]) => value !== null),
    );
    expect(given).toEqual([]);
  });

  test("each part of it is withheld by its name, for nothing allows it", () => {
    const lines = withheldOf(answer).filter(({ organisation }) => organisation === CODE);
    expect([...new Set(lines.map(({ subject }) => subject.id))].toSorted()).toEqual(SUBJECTS);
    for (const { path, outcome, rule, reason, next } of lines) {
      expect({ path, outcome, rule, next }).toEqual({
        path,
        outcome: "DENY",
        rule: "no-rule",
        next: ["NOTHING"],
      });
      expect(path).toContain(CODE);
      expect(Math.min(reason.nl.length, reason.en.length)).toBeGreaterThan(10);
    }
    expect(JSON.stringify(answer.body.extensions?.["unavailable"])).not.toContain(CODE);
  });

  test("the log holds the refusal for each subject, and that nothing was delivered", () => {
    const own = entries.filter(({ source }) => source === CODE);
    expect(own.map(({ subject }) => String(subject)).toSorted()).toEqual(SUBJECTS);
    for (const { act, outcome, delivered, withheld, rules } of own) {
      expect({ act, outcome, delivered, rules }).toEqual({
        act: "READ",
        outcome: "WITHHELD",
        delivered: [],
        rules: ["no-rule"],
      });
      expect(withheld).not.toEqual([]);
    }
  });

  test("its source was asked for nothing, where the own one was", () => {
    expect(isAtSource(CODE, traceId)).toBe(false);
    expect(isAtSource(persona.split(".")[0] ?? "", traceId)).toBe(true);
  });
});
