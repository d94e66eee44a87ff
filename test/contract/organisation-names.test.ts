// Which organisations there are says the region file: no line of code names one, but in the organisation's own folder.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { knownRegions } from "../../shared/region/region-file";
import { loadRegion } from "../../shared/region/region";

const ROOT = join(__dirname, "..", "..");
const CODE = /\.(ts|tsx|mjs|cjs|cedar|cedarschema|sql)$/;
/** Words of a language as well: they name an organisation only where they are a whole text. */
const SHORT = 4;
/** What the table of the rules calls a category; one organisation may have a part of it as its name. */
const TERMS_OF_CATEGORIES = /\(onderwijs en leerplicht\)/g;
/** What the law itself calls one kind of organisation. */
const TERMS_OF_LAW = ["Veilig Thuis", "Raad voor de Kinderbescherming"];

const organisations = knownRegions().flatMap((code) => loadRegion(code).organisations);

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What names an organisation in code, but for the one whose folder of `subgraphs/` it is. */
function namesOf(folder: string | undefined): RegExp[] {
  const others = organisations.filter(({ code }) => (code as string) !== folder);
  const codes = new Set(others.flatMap(({ code, field }) => [code as string, field]));
  const names = new Set(
    others.map(({ name }) => name).filter((name) => !TERMS_OF_LAW.some((term) => name.startsWith(term))),
  );
  return [
    ...[...codes].map((code) =>
      code.length > SHORT
        ? new RegExp(`(?<![\\w-])${escaped(code)}(?![\\w-])`)
        : new RegExp(`(["'\`])${escaped(code)}(\\.[a-z-]+)?\\1`),
    ),
    ...[...names].map((name) => new RegExp(`(?<!\\w)${escaped(name)}(?!\\w)`)),
  ];
}

/** Without its comments, which may give an organisation as an example. */
const withoutComments = (file: string, text: string): string =>
  file.endsWith(".sql")
    ? text.replaceAll(/--.*$/gm, "").replaceAll(/^comment on .*;$/gm, "")
    : text
        .replaceAll(/\/\*[^]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ""))
        .replaceAll(/(?<=^|[ \t])\/\/ .*$/gm, "");

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && CODE.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
}

/** Lines that name an organisation, as `file:line`. */
function linesWithNames(file: string, text: string): string[] {
  const [, folder] = /^subgraphs\/([^/]+)\//.exec(file) ?? [];
  const names = namesOf(folder);
  return withoutComments(file, text)
    .replaceAll(TERMS_OF_CATEGORIES, "")
    .split("\n")
    .flatMap((line, index) => (names.some((name) => name.test(line)) ? [`${file}:${index + 1}`] : []));
}

test("no code names an organisation outside its own folder and the region files", () => {
  const files = ["gateway", "shared", "subgraphs", "scripts"].flatMap(filesBelow);
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) => linesWithNames(file, readFileSync(join(ROOT, file), "utf8")));
  expect(found).toEqual([]);
});

test.each([
  ['const first = "lokalis";', true],
  ["family { samenDoen { carePlan { summary } } }", true],
  ['if (sender === "save") refuse();', true],
  ['const persona = "wss.guardian";', true],
  ['"Guided by William Schrikker Stichting"', true],
  ["await grant.save();", false],
  ["// such as lokalis", false],
  ['"A report to Veilig Thuis"', false],
])("sees what a line names: %s", (line, names) => {
  expect(linesWithNames("gateway/some.ts", line)).toEqual(names ? ["gateway/some.ts:1"] : []);
});
