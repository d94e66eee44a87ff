// docs/auditing.md leads a new privacy officer to who saw OVV-06 last week, and why: its questions are asked as they stand
// there, with last week in the place of the week of the page.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { newTrace } from "../kit/access-log";
import { ask, PROJECT_ROOT, type Answer } from "../kit/hub";
import { sharedHub } from "../kit/shared-hub";
import { at } from "../kit/view";

const hub = sharedHub();
const page = readFileSync(join(PROJECT_ROOT, "docs", "auditing.md"), "utf8");

const DAY_MS = 24 * 60 * 60 * 1_000;
const QUESTION = /```graphql\n([\s\S]*?)```\s*```json\n([\s\S]*?)```/g;
const questions = new Map(
  [...page.matchAll(QUESTION)].map(([, query = "", variables = ""]) => [
    /\w+ (\w+)/.exec(query)?.[1],
    { query, variables },
  ]),
);

/** The variables of the page, of the week that ends now. */
function lastWeek(variables: string): Record<string, unknown> {
  return JSON.parse(
    variables
      .replaceAll(/"from": "[^"]*"/g, `"from": "${new Date(Date.now() - 7 * DAY_MS).toISOString()}"`)
      .replaceAll(/"to": "[^"]*"/g, `"to": "${new Date(Date.now() + 60_000).toISOString()}"`),
  ) as Record<string, unknown>;
}

async function askAsWritten(name: string): Promise<Answer> {
  const { query, variables } = questions.get(name) ?? { query: "", variables: "{}" };
  return ask(hub, {
    persona: "lokalis.privacy-officer",
    purpose: "OVERSIGHT",
    query,
    variables: lastWeek(variables),
  });
}

interface Node {
  readonly id: string;
  readonly worker: string;
  readonly source: string;
  readonly outcome: string;
  readonly categoriesDelivered: readonly string[];
  readonly why: readonly { readonly does: string; readonly nl: string; readonly citation: string }[];
}
const nodesOf = (answer: Answer): Node[] =>
  (at(answer, ["accessLog"]) as { edges: { node: Node }[] }).edges.map(({ node }) => node);

beforeAll(async () => {
  await ask(hub, {
    persona: "lokalis.worker",
    purpose: "CARE",
    query: `{ family(id: "OVV-06") { lokalis { carePlan { summary } } save { carePlan { summary } } } }`,
    headers: newTrace().headers,
  });
});

test("its questions are those of its steps", () => {
  expect([...questions.keys()]).toEqual(["WhoSaw", "Why", "HowMuch", "Keep"]);
});

test("it leads to who saw the family", async () => {
  const answer = await askAsWritten("WhoSaw");
  expect(answer.body.errors).toBeUndefined();
  expect(nodesOf(answer)).toContainEqual(
    expect.objectContaining({
      worker: "lokalis.worker",
      organisation: "lokalis",
      purpose: "CARE",
      source: "lokalis",
      subjectId: "OVV-06",
      outcome: "DELIVERED",
      categoriesDelivered: expect.arrayContaining(["CARE_PLAN"]) as unknown,
    }),
  );
});

test("it leads to whether that was allowed, and why", async () => {
  const answer = await askAsWritten("Why");
  expect(answer.body.errors).toBeUndefined();
  const nodes = nodesOf(answer);
  const permitted = nodes.find(({ source, outcome }) => source === "lokalis" && outcome === "DELIVERED");
  expect(permitted?.why.map(({ does }) => does)).toContain("PERMIT");
  const withheld = nodes.find(({ source, outcome }) => source === "save" && outcome === "WITHHELD");
  expect(withheld?.why).toContainEqual(
    expect.objectContaining({
      does: "DENY",
      nl: expect.stringMatching(/\.$/) as unknown,
      citation: expect.stringMatching(/Jeugdwet/) as unknown,
    }),
  );
});

test("it leads to how much it is, per day and per kind of information", async () => {
  const answer = await askAsWritten("HowMuch");
  expect(answer.body.errors).toBeUndefined();
  const { perDay, perKind } = answer.body.data as Record<string, { key: string; delivered: number }[]>;
  expect(perDay?.length).toBeGreaterThan(0);
  expect(perKind?.find(({ key }) => key === "CARE_PLAN")?.delivered).toBeGreaterThan(0);
});

test("it leads to a text to keep, and that is then in the log", async () => {
  const answer = await askAsWritten("Keep");
  expect(answer.body.errors).toBeUndefined();
  const { content, entries } = at(answer, ["exportAccessLog"]) as { content: string; entries: number };
  expect(content.trimEnd().split("\r\n")).toHaveLength(entries + 1);
  const [newest] = nodesOf(await askAsWritten("WhoSaw"));
  expect(newest).toMatchObject({ worker: "lokalis.privacy-officer", act: "EXPORT", subjectId: "OVV-06" });
});

test("it names filters and ways to count that there are, and the codes that it explains", () => {
  const contract = readFileSync(join(PROJECT_ROOT, "subgraphs", "access-log", "schema.graphql"), "utf8");
  const filter = /input AccessLogFilter \{([\s\S]*?)\n\}/.exec(contract)?.[1] ?? "";
  const table = page.slice(page.indexOf("| to find"), page.indexOf("A question about a family"));
  const named = [...table.matchAll(/`([a-z]\w+)(?:: \w+)?`/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(8);
  for (const name of named) expect(filter).toMatch(new RegExp(`^  ${name}: `, "m"));
  const codes = [...page.matchAll(/`([A-Z][A-Z_]{3,})`/g)].map(([, code = ""]) => code);
  const others = ["SECOND_FACTOR_REQUIRED", "INPUT_INVALID", "PRIVACY_OFFICER", "OVERSIGHT"];
  for (const code of codes.filter((one) => !others.includes(one))) {
    expect(contract).toMatch(new RegExp(`\\b${code}\\b`));
  }
});
