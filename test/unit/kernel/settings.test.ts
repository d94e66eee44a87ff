// Settings come from the environment or from files, and whatever is wrong with them is said at once, without a value.

import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert, constantFrom, dictionary, property, uuid } from "fast-check";
import { z } from "zod";
import { ServiceEnvironment } from "../../../shared/kernel/service-settings";
import { faultsOf, port, readSettings, SettingsError } from "../../../shared/kernel/settings";

const Schema = z.object({
  SCHAKEL_PORT: port().default(4000),
  DATABASE_URL: z.url({ error: "a postgresql:// URL" }),
  SCHAKEL_ISSUERS_FILE: z.string().optional(),
});
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "schakel-settings-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const fileWith = (content: string, mode = 0o600): string => {
  const file = join(folder, "secret");
  writeFileSync(file, content);
  chmodSync(file, mode);
  return file;
};
const faultsIn = (env: Record<string, string>): readonly string[] =>
  faultsOf(() => readSettings(Schema, env));
const URL_TEXT = "postgresql://hub:word@db.example/hub";

describe("a setting that lies in a file", () => {
  test.each([
    ["as it is", URL_TEXT],
    ["less the line end of an editor", `${URL_TEXT}\n`],
    ["less the line end of another system", `${URL_TEXT}\r\n`],
  ])("is read %s", (_how, content) => {
    expect(readSettings(Schema, { DATABASE_URL_FILE: fileWith(content) }).DATABASE_URL).toBe(URL_TEXT);
  });

  test("keeps all but that one line end", () => {
    const Word = z.object({ WORD: z.string() });
    expect(readSettings(Word, { WORD_FILE: fileWith(" a b \n\n") }).WORD).toBe(" a b \n");
  });

  test("may be reached by a link, as container engines make them, and be read by its group", () => {
    const link = join(folder, "link");
    symlinkSync(fileWith(URL_TEXT, 0o440), link);
    expect(readSettings(Schema, { DATABASE_URL_FILE: link }).DATABASE_URL).toBe(URL_TEXT);
  });

  test.each([0o644, 0o604, 0o602, 0o620, 0o666])("is refused when others have a way to it (%o)", (mode) => {
    expect(faultsIn({ DATABASE_URL_FILE: fileWith(URL_TEXT, mode) })).toEqual([
      "DATABASE_URL_FILE: names a file that others can read or change; chmod 600 (or 640) closes it",
    ]);
  });

  test("is refused when it is empty, too large, no file, not there or not named", () => {
    const only = (file: string): string => {
      const faults = faultsIn({ DATABASE_URL_FILE: file });
      expect(faults).toHaveLength(1);
      return faults[0] ?? "";
    };
    expect(only(fileWith("\n"))).toMatch(/is empty/);
    expect(only(fileWith("x".repeat(70_000)))).toMatch(/more than 65536 bytes/);
    mkdirSync(join(folder, "inner"));
    expect(only(join(folder, "inner"))).toMatch(/no file/);
    expect(only(join(folder, "not-there"))).toMatch(/cannot be read \(ENOENT\)/);
    expect(only("")).toMatch(/names no file/);
  });

  test("is refused beside the same setting in the environment: one of the two is old", () => {
    expect(faultsIn({ DATABASE_URL: URL_TEXT, DATABASE_URL_FILE: fileWith(URL_TEXT) })).toEqual([
      "DATABASE_URL_FILE: DATABASE_URL is set as well; set one of the two",
    ]);
  });

  test("is another thing than a setting whose own name ends so", () => {
    const settings = readSettings(Schema, { DATABASE_URL: URL_TEXT, SCHAKEL_ISSUERS_FILE: "issuers.json" });
    expect(settings.SCHAKEL_ISSUERS_FILE).toBe("issuers.json");
  });
});

describe("a name that is no setting", () => {
  test.each([
    ["SCHAKEL_MAX_DEPHT", "SCHAKEL_MAX_DEPTH"],
    ["SCHAKEL_DATADIR", "SCHAKEL_DATA_DIR"],
    ["SCHAKEL_HOST_FIEL", "SCHAKEL_HOST"],
    ["SOURCE_TOKN_URL", "SOURCE_TOKEN_URL"],
    ["SOURCE_FODLER", "SOURCE_FOLDER"],
  ])("%s is named with the nearest that is", (name, meant) => {
    const faults = faultsIn({ DATABASE_URL: URL_TEXT, [name]: "secret" });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name}: there is no such setting`));
    if (name !== "SCHAKEL_HOST_FIEL") expect(faults[0]).toContain(`Is ${meant} meant?`);
    expect(faults[0]).not.toContain("secret");
  });

  test("is named without a guess when nothing is near", () => {
    expect(faultsIn({ DATABASE_URL: URL_TEXT, SCHAKEL_COLOUR_OF_THE_SKY: "blue" })).toEqual([
      "SCHAKEL_COLOUR_OF_THE_SKY: there is no such setting.",
    ]);
  });

  test("is none of another program's names, nor the file of a known one", () => {
    const others = {
      PATH: "x",
      SCHAKELAAR: "x",
      SOURCE_DATE_EPOCH: "1",
      SOURCE_COMMIT: "x",
      SOURCE_BRANCH: "x",
    };
    const known = { SCHAKEL_HOST_FILE: fileWith("x"), SOURCE_URL: "x", SOURCE_DATABASE_URL_SAVE: "x" };
    expect(faultsIn({ DATABASE_URL: URL_TEXT, ...others, ...known })).toEqual([]);
  });
});

test("every fault is listed at once: settings, files, names and what else is checked", () => {
  const check = (valid: { readonly SCHAKEL_PORT?: number }): string[] => [`KEYS: seen ${valid.SCHAKEL_PORT}`];
  const env = { SCHAKEL_PORT: "80", DATABASE_URL_FILE: "/not/there", SCHAKEL_PROT: "4000" };
  const read = () => readSettings(Schema, env, [check]);
  expect(faultsOf(read)).toEqual([
    expect.stringMatching(/^DATABASE_URL_FILE: /),
    expect.stringMatching(/^SCHAKEL_PORT: /),
    expect.stringMatching(/^SCHAKEL_PROT: .*SCHAKEL_PORT/),
    "KEYS: seen undefined",
  ]);
  expect(read).toThrow(SettingsError);
});

test.each(["Production", "prod", "live"])("NODE_ENV=%s is no place that is known", (place) => {
  expect(faultsOf(() => readSettings(ServiceEnvironment, { NODE_ENV: place }))).toEqual([
    "NODE_ENV: production, development, demo, test, or not set",
  ]);
});

test.each([{}, { NODE_ENV: "" }])("without NODE_ENV it is a place for development (%j)", (env) => {
  expect(readSettings(ServiceEnvironment, env).NODE_ENV).toBe("development");
});

test("no fault ever holds a value", () => {
  const names = [
    "SCHAKEL_PORT",
    "DATABASE_URL",
    "SCHAKEL_LOG_LEVEL",
    "NODE_ENV",
    "SCHAKEL_PROT",
    "SCHAKEL_REGION_X",
  ];
  const Every = ServiceEnvironment.extend(Schema.shape);
  const value = uuid().map((id) => `s3cret-${id}`);
  assert(
    property(dictionary(constantFrom(...names), value, { minKeys: 1 }), (env) => {
      const said = faultsOf(() => readSettings(Every, env)).join("\n");
      expect(said).not.toBe("");
      expect(said).not.toContain("s3cret");
    }),
  );
});
