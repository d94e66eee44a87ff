// `npm run connect -- new`: what it asks and says, and that it writes nothing when it is told something wrong.

import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ORGANISATION_KINDS } from "../../../gateway/connect/new/new-organisation";
import { makeTestFolder } from "../../kit/test-folders";
import { connect, entryIn, flagsOf, makeNew } from "./make-new";

const folder = makeTestFolder();
const FLAGS = flagsOf("sql", folder);

beforeAll(async () => {
  const { code, said } = await makeNew("school-sql", FLAGS);
  expect([code, said]).toEqual([0, ""]);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("asks at a terminal what it was not told, and takes what an empty answer means", async () => {
  const typed = "Jeugdarts\nLOCAL_TEAM\nfiles\n\n\n030-0000008\n\n\n";
  const { code, printed } = await makeNew("jeugd-arts", ["--into", folder], typed);
  expect(code).toBe(0);
  expect(entryIn(printed)).toEqual({
    code: "jeugd-arts",
    name: "Jeugdarts",
    kind: "LOCAL_TEAM",
    legalEntity: "jeugd-arts",
    field: "jeugdArts",
    phone: "030-0000008",
    owner: "Functioneel beheer Jeugdarts",
    contact: "koppeling@jeugd-arts.example",
  });
});

test.each(ORGANISATION_KINDS)("says what the rules are for %s", async (kind) => {
  const into = makeTestFolder();
  const flags = FLAGS.map((one) => ({ LOCAL_TEAM: kind, [folder]: into })[one] ?? one);
  const { code, printed } = await makeNew("another", flags);
  rmSync(into, { recursive: true });
  expect(code).toBe(0);
  const [isClosed, isOpen] = [
    /no rule opens anything to or of it yet/,
    /the rules for (\w+) hold for it at once/,
  ];
  expect(isClosed.test(printed)).toBe(kind === "OTHER");
  expect(isOpen.exec(printed)?.[1]).toBe(kind === "OTHER" ? undefined : kind);
});

describe("writes nothing", () => {
  const without = (name: string): string[] => {
    const flags = [...FLAGS];
    flags.splice(flags.indexOf(name), 2);
    return flags;
  };
  test.each<[string, string, readonly string[], RegExp]>([
    ["over a folder that is there", "school-sql", FLAGS, /already/],
    ["for an organisation that the region has", "save", FLAGS, /the name: Utrecht has a save already/],
    ["for a name of a register", "families", FLAGS, /the name/],
    ["for a name that leads elsewhere", "../elsewhere", FLAGS, /the name: small letters/],
    [
      "without a kind of source, where nobody can be asked",
      "another",
      without("--source"),
      /--source: is needed/,
    ],
    ["for a kind that there is not", "another", [...without("--kind"), "--kind", "HUB"], /--kind/],
    ["for a field that the region has", "another", [...FLAGS, "--field", "save"], /--field/],
    ["for words that would be code", "another", [...without("--title"), "--title", 'a"; `b`'], /--title/],
    ["for a mail address that is none", "another", [...FLAGS, "--contact", "nobody"], /--contact/],
    ["for two names", "another", ["other", ...FLAGS], /Give one name/],
  ])("%s", async (_what, code, flags, said) => {
    const before = readdirSync(join(folder, "subgraphs"));
    const outcome = await makeNew(code, flags);
    expect(outcome.code).toBe(2);
    expect(outcome.said).toMatch(said);
    expect(outcome.printed).toBe("");
    expect(readdirSync(join(folder, "subgraphs"))).toEqual(before);
    expect(existsSync(join(folder, "elsewhere"))).toBe(false);
  });
});

test("--help tells what it asks", async () => {
  const { code, printed } = await connect(["new", "--help"], {});
  expect(code).toBe(0);
  for (const flag of [
    "--title",
    "--kind",
    "--source",
    "--phone",
    "--field",
    "--legal-entity",
    "--owner",
    "--contact",
  ])
    expect(printed).toContain(flag);
});
