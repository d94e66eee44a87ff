// What grows because more of it is stored, while the same is asked: consents, entries of the log, rules. The cost is not to
// grow with it.

import { randomUUID } from "node:crypto";
import { ALL_PERMITTED } from "../../kit/hub/families";
import { countRules, rulesTimes } from "../../kit/more-rules";
import { inWhole } from "../../kit/table";
import { generateLog, logOfSize } from "../../log/generated-log";
import { familiesOf } from "../world";
import { REGION_WORKS } from "../works";
import type { Growing, GrowthTools } from "./growing";
import type { GrowthStage } from "./stage";
import { measureStep, type Measured } from "./step";

const CONSENTS = [0, 100, 1_000] as const;
const LOG_SIZES = { quick: [0, 30_000, 300_000], normal: [0, 1_000_000, 10_000_000] };
/** Times the rules that are in force. */
export const RULES_TIMES = [1, 3, 10] as const;
const ORGANISATIONS = 5;

/** Statements about one child: what tells the kinds apart. */
type Statement = Readonly<Record<"recipient" | "purpose", string>>;

const viewOfFirst = () => {
  const [family] = familiesOf(1);
  if (!family) throw new Error("No family.");
  return { family, work: { ...REGION_WORKS.view, variables: [{ id: family.view.familyId }] } };
};

/** The view of a family about one child of which so many statements lie there. */
const consentsOf = (what: string, statement: Statement): Growing => ({
  what,
  asked: false,
  measure: async ({ onStage, options }) =>
    onStage({ organisations: ORGANISATIONS, families: familiesOf(1) }, async (stage, poster) => {
      const steps: Measured[] = [];
      const { family, work } = viewOfFirst();
      let there = 0;
      for (const many of CONSENTS) {
        options.say(`${inWhole(many)} ${what} ...`);
        await addConsents(stage, `${family.view.familyId}-1`, statement, many - there);
        there = many;
        steps.push(await measureStep({ stage, poster, options, isWarm: steps.length > 0 }, work, many));
      }
      return steps;
    }),
});

/** Between others than who asks, and for another purpose. */
export const consentsOfOthers = consentsOf("consents about one child, between others", {
  recipient: "lokalis",
  purpose: "CARE",
});

/** To who asks, for the same purpose: each says again what the one before it said. */
export const consentsMadeAgain = consentsOf("consents about one child, said again", {
  recipient: "save",
  purpose: ALL_PERMITTED.purpose,
});

async function addConsents(
  { owner }: GrowthStage,
  personId: string,
  statement: Statement,
  many: number,
): Promise<void> {
  if (many === 0) return;
  await owner.query(
    `insert into hub.consent (id, person_id, given_by, holder, recipient, categories, purpose, decision, explicit, how,
       valid_from, recorded_by, recorded_by_organisation, recorded_at)
     select id, $2, $2, 'wss', $3, '{INVOLVEMENT,CARE_PLAN}', $4, 'GIVEN', false, 'SPOKEN', '2026-01-01', $5, 'save',
       clock_timestamp()
     from unnest($1::uuid[]) as id`,
    [
      Array.from({ length: many }, () => randomUUID()),
      personId,
      statement.recipient,
      statement.purpose,
      ALL_PERMITTED.persona,
    ],
  );
  await owner.query("analyze hub.consent");
}

/** The view, with so many entries in the access log. */
export const logEntries: Growing = {
  what: "entries in the access log",
  asked: false,
  measure: async (tools) => {
    const sizes = tools.options.quick ? LOG_SIZES.quick : LOG_SIZES.normal;
    return eachOnAStage(tools, sizes, "entries in the access log", {
      prepare: async ({ owner }, entries) => {
        if (entries > 0) await generateLog(owner, logOfSize(entries));
      },
    });
  },
};

/** The view, with so many rules in force: every decision is remembered after the first request. */
export const rules: Growing = {
  what: "rules in force",
  asked: false,
  measure: async (tools) => {
    const times = new Map(RULES_TIMES.map((one) => [countRules(rulesTimes(one)), one]));
    return eachOnAStage(tools, [...times.keys()], "rules in force", {
      timesOf: (size) => times.get(size) ?? 1,
    });
  },
};

interface Each {
  readonly prepare?: (stage: GrowthStage, size: number) => Promise<void>;
  readonly timesOf?: (size: number) => number;
}

async function eachOnAStage(
  { onStage, options }: GrowthTools,
  sizes: readonly number[],
  what: string,
  { prepare, timesOf = () => 1 }: Each,
): Promise<Measured[]> {
  const steps: Measured[] = [];
  for (const size of sizes) {
    options.say(`${inWhole(size)} ${what} ...`);
    const plan = { organisations: ORGANISATIONS, families: familiesOf(1), rulesTimes: timesOf(size) };
    const step = await onStage(plan, async (stage, poster) => {
      await prepare?.(stage, size);
      return measureStep({ stage, poster, options }, viewOfFirst().work, size);
    });
    steps.push(step);
  }
  return steps;
}
