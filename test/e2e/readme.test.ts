// What the README promises is what a newcomer gets: its snippets are run, its links lead somewhere.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { ask, post, PROJECT_ROOT, tokenOf } from "../kit/hub";
import { sharedHub } from "../kit/shared-hub";

const hub = sharedHub();
const readme = readFileSync(join(PROJECT_ROOT, "README.md"), "utf8");

/** The fenced blocks of a language, in order. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(
    ([, text]) => text ?? "",
  );
}

describe("the README", () => {
  test("its first query gives the answer that stands below it", async () => {
    const curl = blocks("sh").find((block) => block.startsWith("curl")) ?? "";
    const [, persona = ""] = /token -- ([\w.-]+)\)/.exec(curl) ?? [];
    const [, purpose = ""] = /purpose: (\w+)/.exec(curl) ?? [];
    const [, body = ""] = /-d '(.*)'/.exec(curl) ?? [];
    const answer = await post(hub.port, body, {
      authorization: `Bearer ${await tokenOf(hub, persona)}`,
      purpose,
    });
    const [promised = ""] = blocks("json");
    const expected = JSON.parse(promised) as { extensions: Record<string, unknown> };
    expect(answer.body).toEqual({
      ...expected,
      extensions: { ...expected.extensions, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) as unknown },
    });
  });

  test("its first query asks the port and path that are the defaults", () => {
    expect(blocks("sh").join("\n")).toContain("http://127.0.0.1:4000/graphql");
  });

  test("its referral can be made", async () => {
    const [mutation = ""] = blocks("graphql");
    const answer = await ask(hub, { persona: "lokalis.worker", purpose: "REFERRAL", query: mutation });
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.data?.["refer"]).toMatchObject({ owner: "lokalis", responsibleNow: "lokalis" });
  });

  test("its commands exist", () => {
    const { scripts } = JSON.parse(readFileSync(join(PROJECT_ROOT, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/(?:^|[`(])npm (?:run (?:--silent )?)?([a-z][a-z:-]*)/gm)].map(
      ([, name]) => name ?? "",
    );
    expect(named.length).toBeGreaterThan(3);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });
});

test("every link between the documents leads somewhere", () => {
  const documents = [
    "README.md",
    ...["docs", "docs/decisions"].flatMap((folder) =>
      readdirSync(join(PROJECT_ROOT, folder))
        .filter((name) => name.endsWith(".md"))
        .map((name) => join(folder, name)),
    ),
    ...readdirSync(join(PROJECT_ROOT, "subgraphs")).map((name) => join("subgraphs", name, "README.md")),
  ];
  const broken = documents.flatMap((document) => {
    const text = readFileSync(join(PROJECT_ROOT, document), "utf8");
    return [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)]
      .map(([, target]) => target ?? "")
      .filter((target) => !existsSync(join(PROJECT_ROOT, dirname(document), target)))
      .map((target) => `${document} -> ${target}`);
  });
  expect(broken).toEqual([]);
});
