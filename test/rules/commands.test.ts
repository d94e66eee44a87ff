// The rules command as people use it: a process with arguments, output and an exit code.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readPolicyFiles } from "../../gateway/policy-files";
import { aRule, plantedFiles, withRules, writeSet } from "../kit/planted-rules";

const ROOT = join(__dirname, "../..");
/** It may have to build first. */
const PATIENCE_MS = 180_000;
jest.setTimeout(PATIENCE_MS);

function rules(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, "scripts", "rules.mjs"), ...args],
    {
      cwd: ROOT,
      encoding: "utf8",
    },
  );
  return { code: status, out: stdout, err: stderr };
}

/** Holder -> what is explained of it. */
const sectionsOf = (out: string): Map<string, string> =>
  new Map([...out.matchAll(/^(\S.*)\n((?: {2}.*\n)+)/gm)].map(([, name = "", text = ""]) => [name, text]));

const folders: string[] = [];
const folderOf = (files: ReturnType<typeof readPolicyFiles>): string => {
  const folder = writeSet(files);
  folders.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const PLANTED = aRule(
  "planted",
  990,
  `permit (principal == WorkerFunction::"GUARDIAN", action == Action::"read", resource == Category::"EDUCATION")
   when { context.purpose == Purpose::"MEASURE_EXECUTION" && context.holderKind == OrganisationKind::"CHILD_PROTECTION_BOARD" && context.emergency == EmergencyState::"DECLARED" };`,
);

test("npm run rules -- --help says what there is", () => {
  const { status, stdout } = spawnSync("npm", ["run", "--silent", "rules", "--", "--help"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(status).toBe(0);
  for (const word of ["check", "matrix", "explain", "diff A B", "prove", "--set"])
    expect(stdout).toContain(word);
});

describe("explain", () => {
  const QUESTION = [
    "explain",
    "--function",
    "GUARDIAN",
    "--organisation",
    "save",
    "--purpose",
    "MEASURE_EXECUTION",
  ];

  test("says for each holder what opens, by which rule, and on which facts it rests", () => {
    const { code, out } = rules(...QUESTION, "--role", "CHILD", "--age", "14");
    expect(code).toBe(0);
    expect(out).toMatch(/given: .*age band FROM_12_TO_15/);
    expect(out).toMatch(/assumed: .*measure by requester SUBJECT.*consent ABSENT/);
    for (const name of ["Lokalis", "Veilig Thuis Utrecht", "SAVE", "Raad", "William Schrikker", "The hub"]) {
      expect(out).toContain(name);
    }
    const lokalis = /\nLokalis [^]*?\n\n/.exec(out)?.[0] ?? "";
    const permitted = /PERMIT {2}(?<what>.*)\n(?<why>[^]*?)\n {2}\S/.exec(lokalis)?.groups;
    expect(permitted?.["what"]?.split(", ").toSorted()).toEqual([
      "CARE_PLAN",
      "CHILD_HEALTH",
      "EDUCATION",
      "SAFETY",
    ]);
    expect(permitted?.["why"]).toContain("rule measure-local-team; Jeugdwet 7.3.11(4); CONFIRMED");
    expect(permitted?.["why"]).toContain("obligations: NECESSITY, INFORM_FAMILY, MEASURE_NUMBER");
    expect(lokalis).toMatch(/HOLD {4}PARENT_HEALTH/);
    expect(lokalis).toContain("next: ASK_HOLDER");
  });

  test("opens nothing of an organisation whose kind no rule names, whatever is consented to, nor anything to it", () => {
    const consented = ["--consent", "GIVEN", "--consent-explicit", "yes", "--emergency", "DECLARED"];
    const closed = expect.stringMatching(/^ {2}DENY {4}everything\n.*\n +rule no-rule;/);
    const toOthers = sectionsOf(rules(...QUESTION, "--role", "CHILD", "--age", "14", ...consented).out);
    expect(toOthers.get("Leerplicht Utrecht (OTHER)")).toEqual(closed);
    expect(toOthers.get("Lokalis (LOCAL_TEAM)")).not.toEqual(closed);
    const asking = ["explain", "--function", "WORKER", "--organisation", "leerplicht", "--purpose", "CARE"];
    const toIt = sectionsOf(rules(...asking, "--role", "CHILD", ...consented).out);
    expect(toIt.size).toBeGreaterThan(5);
    toIt.delete("The hub, own part (HUB, own organisation)");
    for (const section of toIt.values()) expect(section).toEqual(closed);
  });

  test("gives the sentences in Dutch when asked", () => {
    const { code, out } = rules(...QUESTION, "--measure-by-requester", "NONE", "--language", "nl");
    expect(code).toBe(0);
    expect(out).toContain("Uw organisatie voert bij dit gezin geen maatregel uit die nu van kracht is.");
  });

  test.each([
    [["--consent", "PERHAPS"], "--consent is one of: GIVEN, REFUSED,"],
    [["--weather", "RAIN"], "Unknown option: --weather."],
    [["--age", "old"], "--age takes a number of years, or unborn."],
    [["--role", "CHILD", "--subject-role", "PARENT"], "The fact subjectRole is given twice."],
    [["--language", "fr"], "--language is one of: nl, en."],
  ])("refuses %j and says what is possible", (more, message) => {
    const { code, out, err } = rules(...QUESTION, ...more);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
  });
});

describe("diff", () => {
  test("of a set with itself finds nothing", () => {
    const { code, out } = rules("diff", "2026-01-01", "2026-01-01");
    expect(code).toBe(0);
    expect(out).toContain("(nothing changed)");
  });

  test("of a folder with one rule more finds that rule", () => {
    const { code, out } = rules("diff", "2026-01-01", folderOf(withRules(PLANTED)));
    expect(code).toBe(1);
    expect(out).toContain("-> PERMIT by planted");
    expect(out).toContain("Rules added: planted");
  });

  test("of a set that is not there is wrong use", () => {
    const { code, err } = rules("diff", "2026-01-01", "1900-01-01");
    expect(code).toBe(2);
    expect(err).toContain("1900-01-01 is neither a set of the project (2026-01-01");
  });
});

describe("matrix", () => {
  test("writes a file that says how many combinations it covers", () => {
    const file = join(folderOf(plantedFiles()), "matrix.md");
    const { code, out } = rules("matrix", "--out", file);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(readFileSync(file, "utf8")).toMatch(/it covers [\d,]{10,} combinations of facts/);
  });

  test("writes no other kind of file", () => {
    const file = join(folderOf(plantedFiles()), "matrix.pdf");
    expect(rules("matrix", "--out", file).code).toBe(2);
    expect(existsSync(file)).toBe(false);
  });
});

describe("check", () => {
  test("finds the sets of the project valid", () => {
    const { code, out } = rules("check");
    expect(code).toBe(0);
    expect(out).toMatch(/^2026-01-01: \d+ rules, valid$/m);
  });

  test("names every fault of a set with file and rule", () => {
    const unknownWord = aRule(
      "unknown-word",
      991,
      `permit (principal, action == Action::"read", resource == Category::"WEATHER");`,
    );
    const { code, out } = rules(
      "check",
      "--set",
      folderOf(plantedFiles(unknownWord, PLANTED.replace('@citation("AVG 5")', ""))),
    );
    expect(code).toBe(1);
    expect(out).toContain("WEATHER");
    expect(out).toContain("planted.cedar: rule planted needs @citation");
  });
});

describe("prove", () => {
  test("counts what each promise covers and what was compared, and ends with 1 when one is broken", () => {
    const { code, out } = rules(
      "prove",
      "--set",
      folderOf(withRules(PLANTED)),
      "--compare",
      "200",
      "--seed",
      "7",
    );
    expect(code).toBe(1);
    expect(out).toMatch(/\d+ rules, [\d,]{10,} combinations of facts\./);
    expect(out).toMatch(/BROKEN {2}emergency-is-for-acute-safety/);
    expect(out).toContain("PERMIT by planted (planted.cedar), AVG 5");
    expect(out).toMatch(/holds {3}reporter-stays: .*\n +[\d,]{10,} combinations/);
    expect(out).toContain("200 random combinations compared (seed 7), 0 differ.");
  });
});
