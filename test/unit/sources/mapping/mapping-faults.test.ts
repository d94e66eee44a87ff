// A mapping file that is wrong starts nothing: every fault is named with file and line.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { SettingsError } from "../../../../shared/kernel/settings";
import { parseMapping } from "../../../../shared/sources/mapping/load";
import { smallMapping } from "../../../kit/small-mapping";

function faultsOf(text: string): readonly string[] {
  try {
    parseMapping(text, "bron.yaml");
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.faults;
  }
}

/** The file with a field changed, and the line on which that field stands. */
const changed = (field: string, said: string, head = ""): { text: string; line: number } => {
  const text = smallMapping({ [field]: said }, head);
  const line = text.split("\n").findIndex((one) => one.includes(said)) + 1;
  return { text, line };
};

it("finds nothing in a file that is right", () => {
  expect(faultsOf(smallMapping())).toEqual([]);
});

it.each([
  ["an unknown field of the contract", "{ sinds: sinds }", 'family.involvement knows no "sinds"'],
  ["an unknown field of the source", "{ since: begin }", 'the layout has no field "begin" there'],
  ["an unknown field deep in an expression", '{ kind: "$count(leden[naamm = soort])" }', 'no field "naamm"'],
  ["a BSN", '{ kind: "leden[0].bsn" }', '"bsn" is a BSN, which no mapping sees'],
  ["a wrong type", "{ since: zaak }", "since is a date in the contract, and this is a text"],
  ["a flag as text", "{ kind: open }", "kind is a text in the contract, and this is a flag"],
  ["a list as text", "{ kind: afspraken }", "kind is a text in the contract, and this is a texts"],
  ["a list for one item", "{ from: leden }", "is one item, and this is a list"],
  ["each for one item", "{ each: leden }", 'it has "from", not "each"'],
  ["an item on a text", "{ from: zaak }", "must stand on a part of the record, not on a text"],
  ["an unknown code list", "{ kind: { code: soort, in: soorten } }", "there is no code list soorten"],
  ["a code without a list", "{ kind: { code: soort } }", "a code needs `in`"],
  ["what is no JSONata", '{ kind: "soort &" }', "soort &:"],
  ["a form that there is not", "{ kind: { waarde: soort } }", 'a value knows no "waarde"'],
  ["a number where a text must be", "{ kind: 12 }", "a value must be a text"],
])("names %s, with its line", (_name, said, sentence) => {
  const { text, line } = changed("family.involvement", said);
  const faults = faultsOf(text);
  expect(faults[0]).toMatch(new RegExp(`^bron\\.yaml:${line}: `));
  expect(faults[0]).toContain(sentence);
});

it("names every category of which nothing is said", () => {
  const text = smallMapping().replace(/^ {2}(reporters|secretAddress): .*\n/gm, "");
  expect(faultsOf(text)).toEqual([
    expect.stringContaining("nothing is said of family.reporters (REPORTER)"),
    expect.stringContaining("nothing is said of person.secretAddress (SECRET_ADDRESS)"),
  ]);
});

it.each([
  [
    "a role that no chain message has",
    '{ X: { text: x, jzr: "999" } }',
    "999 is no role of the chain messages",
  ],
  ["a code without a text", '{ X: { jzr: "301" } }', "a code needs a text"],
  ["a day that there is not", '{ X: { text: x, from: "2020-02-30" } }', "a day is written YYYY-MM-DD"],
  [
    "an end before the begin",
    '{ X: { text: x, from: "2020-02-01", until: "2020-01-01" } }',
    "cannot hold until",
  ],
  [
    "two meanings on one day",
    '{ X: [{ text: a }, { text: b, from: "2020-01-01" }] }',
    "two meanings on one day",
  ],
])("names %s", (_name, list, sentence) => {
  const faults = faultsOf(
    smallMapping(
      { "family.involvement": "{ kind: { code: soort, in: lijst } }" },
      `codes:\n  lijst: ${list}`,
    ),
  );
  expect(faults).toEqual([expect.stringMatching(/^bron\.yaml:3: /)]);
  expect(faults[0]).toContain(sentence);
});

it("names codes that the layout knows and the list does not, and the other way around", () => {
  const text = smallMapping(
    { "family.involvement": "{ kind: { code: soort, in: lijst } }" },
    "codes:\n  lijst: { A: a, Z: z }",
  ).replace("    soort: code\n", "    soort: code A B\n");
  expect(faultsOf(text)).toEqual([
    expect.stringContaining("lijst has no words for B"),
    expect.stringContaining("Z of lijst cannot occur in this field"),
  ]);
});

it("names a code list that nothing uses, a name that stands twice, and a section that there is not", () => {
  expect(faultsOf(smallMapping({}, "codes:\n  lijst: { A: a }"))).toEqual([
    "bron.yaml:3: the code list lijst is used nowhere",
  ]);
  expect(faultsOf(smallMapping({}, "organisation: other"))[0]).toMatch(/^bron\.yaml:2: .*unique/);
  expect(faultsOf(smallMapping({}, "famly: {}"))[0]).toContain('a mapping knows no "famly"');
});

it("lists all faults of the mapping of an organisation at once, each on its own line", async () => {
  const file = path.resolve("subgraphs", "save", "mapping", "mapping.yaml");
  const right = await readFile(file, "utf8");
  const planted: readonly (readonly [string, string])[] = [
    ["since: begin", "since: begn"],
    ["composition: gezin", "compositie: gezin"],
    ["score: cijfer", "score: kern"],
    ["    JR: jeugdreclassering\n", ""],
    ["  livingSituation: { from: leefgebieden, housing: wonen, income: werk, debts: financien }\n", ""],
  ];
  const wrong = planted.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, right);
  const faults = faultsOf(wrong);
  expect(faults).toHaveLength(planted.length);
  expect(new Set(faults.map((fault) => fault.split(":")[1])).size).toBe(planted.length);
});
