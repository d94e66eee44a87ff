// Known-but-forbidden and unknown take as long: who asks often enough cannot tell from the time which of them it is.
// Searching by a citizen's number, which is limited, has a test of its own (enumeration.test.ts).

import { randomUUID } from "node:crypto";
import { post, tokenOf } from "../../kit/hub";
import { sharedHub } from "../../kit/shared-hub";

const hub = sharedHub();
/** Pairs of requests, one for what exists and one for what does not, one after the other. */
const PAIRS = 200;
/** The order of magnitude: more than this between the medians would tell the two apart on any machine. */
const MOST_APART = 3;
/** A machine that is busy with something else may spoil a measurement, not three in a row. */
const MOST_MEASUREMENTS = 3;
/** Three measurements on a busy machine, in ms. */
const LONGEST_MS = 300_000;

/** Something that can be asked about what exists and about what does not. */
interface Question {
  readonly persona: string;
  readonly purpose: string;
  readonly query: string;
  readonly known: Readonly<Record<string, unknown>>;
  readonly unknown: Readonly<Record<string, unknown>>;
}

const QUESTIONS: readonly (readonly [string, Question])[] = [
  [
    "a family by its id",
    {
      persona: "lokalis.colleague",
      purpose: "CARE",
      query:
        "query ($id: ID!) { family(id: $id) { id members { id lokalis { identity { name } } } lokalis { carePlan { summary } } } }",
      known: { id: "OVV-01" },
      unknown: { id: "OVV-99" },
    },
  ],
  [
    "a change about a person",
    {
      persona: "lokalis.colleague",
      purpose: "CARE",
      query:
        'mutation ($person: ID!, $key: String!) { recordConsent(input: { personId: $person, givenBy: $person, holder: "save", recipient: "lokalis", categories: [EDUCATION], purpose: CARE, decision: REFUSED, how: SPOKEN, idempotencyKey: $key }) { id } }',
      known: { person: "OVV-01-1" },
      unknown: { person: "OVV-99-1" },
    },
  ],
  [
    "an emergency, declared by a worker who is not assigned",
    {
      persona: "lokalis.colleague",
      purpose: "ACUTE_SAFETY",
      query:
        'mutation ($family: ID!, $key: String!) { declareEmergency(input: { familyId: $family, reason: "Direct gevaar voor het kind vanavond.", idempotencyKey: $key }) { id } }',
      known: { family: "OVV-01" },
      unknown: { family: "OVV-99" },
    },
  ],
];

const medianOf = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;

/** Asks once and gives the time it took, in ms, and the answer without its trace id. */
async function timed(
  question: Question,
  token: string,
  variables: Question["known"],
): Promise<{ ms: number; answer: string }> {
  const key = question.query.includes("$key") ? { key: randomUUID() } : {};
  const body = JSON.stringify({ query: question.query, variables: { ...variables, ...key } });
  const begun = performance.now();
  const answer = await post(hub.port, body, {
    authorization: `Bearer ${token}`,
    purpose: question.purpose,
  });
  const ms = performance.now() - begun;
  return { ms, answer: JSON.stringify([answer.status, answer.body.data, answer.body.errors]) };
}

/** How many times as long the slower of the two takes, by the medians over all pairs. */
async function factorBetween(question: Question, token: string): Promise<number> {
  const known: number[] = [];
  const unknown: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    // Now the one goes first, now the other: what the first of a pair pays for, both pay for.
    const first = pair % 2 === 0 ? "known" : "unknown";
    for (const which of [first, first === "known" ? "unknown" : "known"] as const) {
      const { ms } = await timed(question, token, question[which]);
      (which === "known" ? known : unknown).push(ms);
    }
  }
  const [one, other] = [medianOf(known), medianOf(unknown)];
  return Math.max(one, other) / Math.min(one, other);
}

describe.each(QUESTIONS)("%s", (_what, question) => {
  let token: string;
  beforeAll(async () => {
    token = await tokenOf(hub, question.persona);
  });

  test("gives the same answer for what exists and may not be known as for what does not exist", async () => {
    const { answer: known } = await timed(question, token, question.known);
    const { answer: unknown } = await timed(question, token, question.unknown);
    expect(known).toBe(unknown);
  });

  test(
    `takes as long, by the medians of ${PAIRS} pairs`,
    async () => {
      const factors: number[] = [];
      while (factors.length < MOST_MEASUREMENTS && !factors.some((factor) => factor < MOST_APART)) {
        factors.push(await factorBetween(question, token));
      }
      expect(Math.min(...factors)).toBeLessThan(MOST_APART);
    },
    LONGEST_MS,
  );
});
