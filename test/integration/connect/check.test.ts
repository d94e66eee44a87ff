// `npm run connect -- check`: a subgraph in plain JavaScript passes it, and each fault that is planted in it is named.

import { readFileSync, writeFileSync } from "node:fs";
import type { CheckCode } from "../../../gateway/connect/check/finding";
import { check, CODE, codes, connect, FIELD, file, PATIENT, start } from "./under-check";

/** Those of which every run says that they were not checked: on this machine, for the first time. */
const NOT_HERE = ["TLS", "CLIENT_CERTIFICATE", "SCHEMA_CHANGES"];

test("a subgraph in plain JavaScript passes, as text and as JSON", async () => {
  const url = await start();
  const { code, verdict, findings } = await check(url, ...PATIENT);
  expect(findings.filter((one) => one.level !== "PASSED").map((one) => one.check)).toEqual(NOT_HERE);
  expect([code, verdict]).toEqual([0, "CONNECT"]);
  const told = await connect("check", url, "--organisation", CODE, "--known", file("known.json"), ...PATIENT);
  expect(told.printed).toMatch(/0 failed, 0 warnings, 3 not checked\. This subgraph can be connected\.$/);
  expect(told.said).toContain("checked ...");
});

test("without records of the test system it does not say that all is well", async () => {
  const url = await start();
  const { code, printed } = await connect("check", url, "--organisation", CODE);
  expect(code).toBe(3);
  expect(printed).toMatch(/not checked +REFERENCES[^]*--known <file>[^]*not everything was checked\.$/);
});

test("a record that holds nothing to keep back does not show that it would be kept", async () => {
  const { findings } = await check(await start(["holds-little"]), ...PATIENT);
  expect(codes(findings, "NOT_CHECKED")).toContain("OUTSIDE_CATEGORY");
});

/** Faults that do not hide each other, each with the check that names it. */
const FAULTS: readonly Readonly<Record<string, CheckCode>>[] = [
  { elsewhere: "REACHABLE" },
  { "no-json": "REACHABLE" },
  { "another-name": "GRANT_ACCEPTED" },
  {
    "answers-get": "METHOD",
    "takes-lists": "BODY",
    "takes-unsigned": "GRANT_UNSIGNED",
    "any-signature": "GRANT_FORGED",
    "any-lifetime": "GRANT_LIFETIME",
    "any-issuer": "GRANT_ISSUER",
    "any-request": "GRANT_REQUEST",
    "outside-category": "OUTSIDE_CATEGORY",
    "one-by-one": "DEADLINE",
    "repeats-words": "QUIET_ERRORS",
  },
  {
    "breaks-on-body": "BODY",
    "no-grant-needed": "GRANT_MISSING",
    "no-expiry": "GRANT_EXPIRED",
    "any-type": "GRANT_TYPE",
    "any-audience": "GRANT_AUDIENCE",
    "takes-twice": "GRANT_REPLAYED",
    "outside-subject": "OUTSIDE_SUBJECT",
    "looks-at-aliases": "OUTSIDE_CATEGORY",
    "veto-without-reason": "VETO",
    "citizens-number": "NO_CITIZENS_NUMBER",
    "shows-stack": "QUIET_ERRORS",
  },
  { "another-holder": "VALUES", "unknown-is-error": "UNKNOWN_SUBJECT" },
  { "wrong-values": "VALUES", "another-order": "REFERENCES" },
];

/** What fails, or says nothing, instead of refusing: each fault with the check that names it and what it says. */
const NO_REFUSALS: readonly (readonly [string, readonly CheckCode[], RegExp])[] = [
  ["breaks-on-a-part", ["OUTSIDE_CATEGORY"], /status was 500/],
  ["refuses-a-part", ["OUTSIDE_CATEGORY"], /status was 401/],
  ["drops-the-rest", ["OUTSIDE_CATEGORY"], /beside something else, what is granted beside it was not given/],
  ["silent-outside", ["OUTSIDE_SUBJECT", "OUTSIDE_CATEGORY"], /no error GRANT_INVALID/],
];

test.each(NO_REFUSALS)("what keeps nothing back but %s does not pass", async (fault, expected, cause) => {
  const { code, findings } = await check(await start([fault]), ...PATIENT);
  const found = findings.filter((one) => one.level === "FAILED");
  expect(found.map((one) => one.check)).toEqual(expected);
  for (const one of found) expect(one.cause).toMatch(cause);
  expect(code).toBe(1);
});

test("who breaks on what is not granted does not pass for who keeps it back", async () => {
  const { findings } = await check(await start(["breaks-outside"]), ...PATIENT);
  const found = findings.filter((one) => one.level === "FAILED");
  // A question that breaks it is heard of in its errors as well.
  expect(found.map((one) => one.check)).toEqual(["OUTSIDE_SUBJECT", "OUTSIDE_CATEGORY", "QUIET_ERRORS"]);
  for (const one of found) expect(one.cause).toMatch(/status (was|of) 500/);
});

test.each(FAULTS.map((faults) => [Object.keys(faults).join(", "), faults] as const))(
  "each is named, and nothing else: %s",
  async (_names, faults) => {
    const { code, verdict, findings } = await check(await start(Object.keys(faults)));
    const expected = [...new Set(Object.values(faults))];
    // How fast a busy machine is, is no fault of the subgraph.
    const counted = findings.filter((one) => one.check !== "DEADLINE" || expected.includes("DEADLINE"));
    expect(new Set(codes(counted, "FAILED"))).toEqual(new Set(expected));
    expect(codes(counted, "WARNING")).toEqual([]);
    for (const { cause, remedy } of findings.filter((one) => one.level === "FAILED")) {
      expect([cause, remedy]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
    }
    expect([code, verdict]).toEqual([1, "MEND_FIRST"]);
  },
);

/** A change to the schema, and the check that names it. */
const SCHEMA_FAULTS: readonly (readonly [string, CheckCode, (sdl: string) => string])[] = [
  [
    "a field of its own that has to be there",
    "SCHEMA_FIELDS",
    (sdl) => sdl.replace(`${FIELD}: SchoolBoardFamilyDossier`, `${FIELD}: SchoolBoardFamilyDossier!`),
  ],
  [
    "another field on a family",
    "SCHEMA_FIELDS",
    (sdl) =>
      sdl.replace(`${FIELD}: SchoolBoardFamilyDossier`, `${FIELD}: SchoolBoardFamilyDossier address: String`),
  ],
  [
    "a dossier outside the contract",
    "SCHEMA_INTERFACES",
    (sdl) => sdl.replace("implements FamilyDossier", ""),
  ],
  [
    "a field in another category",
    "SCHEMA_INTERFACES",
    (sdl) => sdl.replaceAll("@category(of: SAFETY)", "@category(of: INVOLVEMENT)"),
  ],
  ["a query of its own", "SCHEMA_ROOTS", (sdl) => `${sdl}\ntype Query { everybody: [Person!] }`],
  [
    "a field of a dossier without a category",
    "SCHEMA_COMPOSES",
    (sdl) => sdl.replace("implements FamilyDossier {", "implements FamilyDossier {\n  remarks: String"),
  ],
];

test.each(SCHEMA_FAULTS)("%s is named by %s", async (_what, expected, change) => {
  const sdl = readFileSync(file("schema.graphql"), "utf8");
  const changed = change(sdl);
  expect(changed).not.toBe(sdl);
  writeFileSync(file("changed.graphql"), changed);
  const { code, findings } = await check(await start([], "changed.graphql"));
  expect(codes(findings, "FAILED")).toContain(expected);
  expect(code).toBe(1);
});

test("nothing there is told as such", async () => {
  const { code, findings } = await check("http://127.0.0.1:9/graphql");
  expect(findings[0]).toMatchObject({
    check: "REACHABLE",
    level: "FAILED",
    cause: expect.stringContaining("ECONNREFUSED") as unknown,
  });
  expect(codes(findings, "NOT_CHECKED").length).toBeGreaterThan(20);
  expect(code).toBe(1);
});

test.each([
  ["no address", ["check"], "Give one address"],
  ["something that is no address", ["check", "ftp://host"], "no http or https URL"],
  ["nothing to do", [], "Say what to do"],
  [
    "an organisation that is not there",
    ["check", "http://127.0.0.1:9/graphql", "--organisation", "elders"],
    `one of lokalis`,
  ],
  ["an unknown option", ["check", "http://127.0.0.1:9/", "--fast"], "--fast"],
  [
    "records that cannot be read",
    ["check", "http://127.0.0.1:9/", "--organisation", CODE, "--known", "/none.json"],
    "cannot be read",
  ],
  [
    "a key that cannot be read",
    ["check", "http://127.0.0.1:9/", "--organisation", CODE, "--key", "/none.json"],
    "npm start makes one",
  ],
])("wrong use is told: %s", async (_what, args, told) => {
  const { code, printed, said } = await connect(...args);
  expect([code, printed]).toEqual([2, ""]);
  expect(said).toContain(told);
});
