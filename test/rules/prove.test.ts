// The promises of the rules hold for every combination of facts, and a promise that is broken on purpose is found.

import { CURRENT_POLICY_SET, deciderOver, readPolicyFiles } from "../../gateway/policy-files";
import type { Cover } from "../../gateway/privacy/cover/cover";
import { compareWithCedar } from "../../gateway/rules/compare-with-cedar";
import { INVARIANTS } from "../../gateway/rules/invariants";
import { comparisonAsText, proofsAsText, prove, type Proof } from "../../gateway/rules/prove";
import { aRule, coverOf, withoutRule, withRules } from "../kit/planted-rules";

const cover = coverOf(readPolicyFiles());

/** What came of one promise. */
function proofOf(id: string, of: Cover): Proof {
  const [proof] = prove(
    of,
    INVARIANTS.filter((one) => one.id === id),
  );
  if (proof === undefined) throw new Error(`There is no promise ${id}.`);
  return proof;
}

describe(`the rules of ${CURRENT_POLICY_SET}`, () => {
  test.each(INVARIANTS.map(({ id, sentence }) => ({ id, sentence })))("$id: $sentence", ({ id }) => {
    const proof = proofOf(id, cover);
    // With the counterexample where there is one, so that a failure can be read.
    expect(proof.finding.broken === 0n ? [] : proofsAsText(cover, [proof])).toEqual([]);
    expect(proof.finding.covered).toBeGreaterThan(0n);
  });

  test("twenty promises or more, each with a name and a sentence of its own", () => {
    expect(INVARIANTS.length).toBeGreaterThanOrEqual(20);
    expect(new Set(INVARIANTS.map(({ id }) => id)).size).toBe(INVARIANTS.length);
    for (const { sentence } of INVARIANTS) expect(sentence).toMatch(/^[A-Z].{20,}\.$/);
  });

  test("every combination comes to exactly one verdict", () => {
    const counts = [...cover.counts().values()];
    expect(counts.reduce((sum, one) => sum + one, 0n)).toBe(cover.space.size);
  });
});

const READ = 'permit (principal == WorkerFunction::"F", action == Action::"read", resource == Category::"C")';
const readBy = (workerFunction: string, category: string, when: string): string =>
  aRule(
    "planted",
    990,
    `${READ.replace('"F"', `"${workerFunction}"`).replace('"C"', `"${category}"`)} when { ${when} };`,
  );

describe("a promise that a planted rule breaks is found, with the rule", () => {
  const forMeasure = 'context.purpose == Purpose::"MEASURE_EXECUTION"';
  const fromBoard = 'context.holderKind == OrganisationKind::"CHILD_PROTECTION_BOARD"';
  const fromAgency =
    'context.holderKind == OrganisationKind::"CERTIFIED_AGENCY" && !context.sameOrganisation';
  const toAssess = 'context.purpose == Purpose::"SAFETY_ASSESSMENT" && context.investigation';
  test.each([
    {
      broken: "emergency-is-for-acute-safety",
      rule: readBy(
        "GUARDIAN",
        "EDUCATION",
        `${forMeasure} && ${fromBoard} && context.emergency == EmergencyState::"DECLARED"`,
      ),
      example: [
        "GUARDIAN of a CERTIFIED_AGENCY asks another CHILD_PROTECTION_BOARD for EDUCATION, for MEASURE_EXECUTION",
        "with emergency NONE: ",
        "with emergency DECLARED: PERMIT by planted (planted.cedar), AVG 5",
      ],
    },
    {
      broken: "disclosure-opens-what-is-held",
      rule: readBy("GUARDIAN", "EDUCATION", `${forMeasure} && ${fromBoard} && context.disclosure`),
      example: ["with disclosure false: DENY by no-rule", "with disclosure true: PERMIT by planted"],
    },
    {
      broken: "same-entity-is-no-ground",
      rule: readBy("ASSESSOR", "EDUCATION", `context.sameLegalEntity && ${toAssess} && ${fromAgency}`),
      example: [
        "with same legal entity false: DENY by no-rule",
        "with same legal entity true: PERMIT by planted",
      ],
    },
    {
      broken: "not-torn",
      rule: readBy(
        "ASSESSOR",
        "SAFETY",
        `${toAssess} && context.holderKind == OrganisationKind::"LOCAL_TEAM"`,
      ),
      example: ["ASSESSOR of a SAFE_HOME asks another LOCAL_TEAM for SAFETY", "PERMIT by planted"],
    },
    {
      broken: "no-rule-in-vain",
      rule: aRule(
        "planted",
        991,
        'forbid (principal == WorkerFunction::"OPERATOR", action in [Action::"read", Action::"request"], resource is Category);',
      ),
      example: ["never explains anything: planted (planted.cedar)"],
    },
  ])("$broken", ({ broken, rule, example }) => {
    expect(proofOf(broken, cover).finding.broken).toBe(0n);
    const other = coverOf(withRules(rule));
    const proof = proofOf(broken, other);
    expect(proof.finding.broken).toBeGreaterThan(0n);
    const text = proofsAsText(other, [proof]).join("\n");
    for (const part of [`BROKEN  ${broken}`, ...example]) expect(text).toContain(part);
  });
});

describe("a promise that a rule kept is broken without that rule", () => {
  test.each([
    ["no-relation", "no-relation-nothing"],
    ["purpose-not-open", "purpose-not-open"],
    ["reporter-sealed", "reporter-stays"],
    ["measure-not-in-force", "no-measure-no-execution"],
    ["criminal-not-for-local-team", "no-police-data-for-local-teams"],
    ["reviewer-involved-before", "reviewer-is-independent"],
  ])("%s kept %s", (rule, id) => {
    expect(proofOf(id, cover).finding.broken).toBe(0n);
    expect(proofOf(id, coverOf(withoutRule(rule))).finding.broken).toBeGreaterThan(0n);
  });
});

test("a counterexample names the facts that matter, the rule, its source and one whole combination", () => {
  const other = coverOf(withoutRule("reviewer-involved-before"));
  const proof = proofOf("reviewer-is-independent", other);
  const text = proofsAsText(other, [proof]).join("\n");
  expect(text).toContain("counterexample: REVIEWER of a CHILD_PROTECTION_BOARD asks ");
  expect(text).toMatch(/when .*earlier involvement/);
  const verdict = proof.finding.example?.cases[0]?.verdict;
  expect(text).toContain(`by ${verdict?.rule.id} (${verdict?.rule.file}), ${verdict?.rule.citation}`);
  const facts = JSON.parse(/one such: (?<facts>.*)/.exec(text)?.groups?.["facts"] ?? "{}") as Record<
    string,
    unknown
  >;
  expect(facts).toMatchObject({ requesterFunction: "REVIEWER", earlierInvolvement: true });
  expect(Object.keys(facts)).toHaveLength(cover.space.names.length);
});

describe("the proofs against plain evaluation by Cedar", () => {
  const COMPARED = 2_000;
  const SEED = 20_260_101;

  test(`agree on ${COMPARED} random combinations, in which every rule that can explain was met`, () => {
    const comparison = compareWithCedar(cover, deciderOver(readPolicyFiles()), COMPARED, SEED);
    expect(comparison.differences).toEqual([]);
    expect(comparison.outcomes.PERMIT + comparison.outcomes.HOLD + comparison.outcomes.DENY).toBe(COMPARED);
    expect(comparison.rules).toHaveLength(cover.verdicts.length);
    expect(Math.min(comparison.outcomes.PERMIT, comparison.outcomes.HOLD)).toBeGreaterThan(COMPARED / 50);
  });

  test("find a difference that was planted, and name both sides", () => {
    // Cedar knows one rule more than the proof does.
    const planted = withRules(
      aRule(
        "planted",
        990,
        'permit (principal == WorkerFunction::"GUARDIAN", action == Action::"read", resource is Category);',
      ),
    );
    const comparison = compareWithCedar(cover, deciderOver(planted), COMPARED, SEED);
    expect(comparison.differing).toBeGreaterThan(0);
    const text = comparisonAsText(comparison).join("\n");
    expect(text).toContain("Cedar says PERMIT by planted, the proof DENY by no-rule:");
    for (const { facts } of comparison.differences) expect(facts.requesterFunction).toBe("GUARDIAN");
  });

  test("draw the same combinations for the same seed", () => {
    const decider = deciderOver(readPolicyFiles());
    const [one, again, other] = [SEED, SEED, SEED + 1].map((seed) =>
      compareWithCedar(cover, decider, 200, seed),
    );
    expect(again).toEqual(one);
    expect(other?.outcomes).not.toEqual(one?.outcomes);
  });
});
