// A region is a file: what is wrong with it is told whole, before anything starts.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkSubgraphFolders } from "../../../shared/launch/subgraph-folders";
import { personasOf } from "../../../shared/region/demo";
import { knownRegions, readRegionFile } from "../../../shared/region/region-file";
import { checkRegion } from "../../../shared/region/named-settings";
import { loadRegion } from "../../../shared/region/region";
import { subgraphsElsewhere } from "../../../shared/region/subgraph-urls";
import { readEndpoints } from "../../../subgraphs/referrals/source/delivery/webhook/endpoint-settings";

/** 24 bytes of which nobody makes a secret. */
const SECRET = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;

const folder = mkdtempSync(join(tmpdir(), "region-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const write = (content: string, name = "elsewhere.json"): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
const changed = (change: (region: ReturnType<typeof readRegionFile>) => unknown): string =>
  write(JSON.stringify(change(readRegionFile("utrecht"))));

test.each(knownRegions())("%s, which comes with the hub, is sound and carries its own name", (code) => {
  expect(readRegionFile(code).code).toBe(code);
});

test("a region may stand in any file", () => {
  const file = changed((region) => ({ ...region, code: "elders", name: "Elders" }));
  expect(loadRegion(file)).toMatchObject({
    code: "elders",
    organisations: loadRegion("utrecht").organisations,
  });
});

test("an unknown code names the known ones", () => {
  expect(() => readRegionFile("nergens")).toThrow(/known are: .*utrecht/);
  expect(() => readRegionFile("../utrecht")).toThrow("Unknown region");
});

test.each([
  ["that is not there", () => join(folder, "none.json"), "cannot be read"],
  ["that is cut off", () => write('{"code": "'), "is not JSON"],
  ["that is a list", () => write("[]"), "is no region"],
])("a file %s is refused by name", (_what, make, why) => {
  const file = make();
  expect(() => readRegionFile(file)).toThrow(RangeError);
  expect(() => readRegionFile(file)).toThrow(why);
  expect(() => readRegionFile(file)).toThrow(file);
});

test("every fault is told at once, by its place", () => {
  const file = changed(({ organisations: [first, ...rest], ...region }) => ({
    ...region,
    organisations: [{ ...first, kind: "SCHOOL", phone: "" }, ...rest],
    familyWait: { warnDays: 9, normDays: 8 },
    owner: "nobody",
  }));
  const told =
    /organisations\.0\.kind[^]*organisations\.0\.phone[^]*familyWait: a warning comes before[^]*owner/;
  expect(() => readRegionFile(file)).toThrow(told);
});

test.each(["code", "field"] as const)("two organisations with the same %s are refused", (part) => {
  const file = changed(({ organisations: [first, second, ...rest], ...region }) => ({
    ...region,
    organisations: [first, { ...second, [part]: first?.[part] }, ...rest],
  }));
  expect(() => readRegionFile(file)).toThrow(`are called ${loadRegion("utrecht").organisations[0]?.[part]}`);
});

test.each<[string, (first: object, second: object) => object, string]>([
  ["the same name", ({ name }: { name?: string }) => ({ name }), "two organisations are called Lokalis"],
  [
    "one address",
    () => ({ url: "https://one.example/graphql" }),
    "two subgraphs answer at https://one.example/",
  ],
  [
    "one issuer",
    () => ({ issuer: { issuer: "https://login.example", algorithms: ["ES256"] } }),
    "two issuers are https://login.example",
  ],
  [
    "the name of another issuer",
    () => ({ code: "municipality" }),
    "municipality is no name for an organisation",
  ],
])("organisations with %s are refused", (_what, give, why) => {
  const file = changed(({ organisations: [first, second, ...rest], ...region }) => ({
    ...region,
    organisations: [{ ...first, ...give(first!, second!) }, { ...second, ...give(first!, second!) }, ...rest],
  }));
  expect(() => readRegionFile(file)).toThrow(why);
});

test("a chair, or an issuer, of nobody is refused with who there is", () => {
  const issuer = { organisation: "lokaals", issuer: "https://login.example", algorithms: ["ES256"] };
  const file = changed((region) => ({
    ...region,
    consultationChair: { ...region.consultationChair, organisation: "gemeente" },
    issuers: [issuer],
  }));
  expect(() => readRegionFile(file)).toThrow(
    /issuers: lokaals is none of lokalis, [^]*consultationChair: gemeente is none of lokalis, .*municipality/,
  );
});

test("a subgraph without a folder or an address is told before anything starts", () => {
  // A region is read once under its name.
  const entry = (name: string, own: object) => {
    const { organisations, ...region } = readRegionFile("utrecht");
    const [first, ...rest] = organisations;
    return write(JSON.stringify({ ...region, organisations: [{ ...first, ...own }, ...rest] }), name);
  };
  const faultsOf = (file: string) => checkSubgraphFolders({ SCHAKEL_REGION: file }, {});
  expect(faultsOf("utrecht")).toEqual([]);
  const typo = entry("typo.json", { subgraph: "lokaals" });
  expect(faultsOf(typo)).toEqual([expect.stringContaining("no folder subgraphs/lokaals for lokalis")]);
  const elsewhere = entry("elsewhere-too.json", {
    subgraph: "lokaals",
    url: "https://lokalis.example/graphql",
  });
  expect(faultsOf(elsewhere)).toEqual([]);
});

test.each([
  ["ends before it begins", { from: "2026-02-01", until: "2026-01-31" }, "ends before it begins"],
  ["goes on elsewhere and does not end", { continuedBy: "save" }, "and does not end"],
  ["goes on in itself", { until: "2026-01-31", continuedBy: "lokalis" }, "is no other organisation"],
  ["goes on in nobody", { until: "2026-01-31", continuedBy: "nobody" }, "is no other organisation"],
  ["has a day that there is not", { until: "2026-02-30" }, "a date such as"],
])("an organisation that %s is refused", (_what, given, why) => {
  const file = changed(({ organisations: [first, ...rest], ...region }) => ({
    ...region,
    organisations: [{ ...first, ...given }, ...rest],
  }));
  expect(() => readRegionFile(file)).toThrow(why);
});

test("who is sent messages of the chain needs others that are known in it", () => {
  const delivery = { kind: "stuf", version: "1.0.9" } as const;
  const chain = {
    oin: "00000099000000001999",
    application: "schakel",
    caseCode: "0344",
    desk: { name: "Aanmeldpunt", phone: "030-0000001" },
  };
  const file = (parts: (index: number) => object) =>
    changed(({ organisations, ...region }) => ({
      ...region,
      organisations: organisations.map((one, index) => ({ ...one, ...parts(index) })),
    }));
  const { organisations: known } = loadRegion("utrecht");
  const board = known.findIndex(({ kind }) => kind === "CHILD_PROTECTION_BOARD");
  const alone = file((index) => (index === board ? { chain, delivery } : {}));
  expect(() => readRegionFile(alone)).toThrow(`${known[0]?.code} has no chain`);
  const own = (index: number) => ({ ...chain, oin: `0000009900000000${1_000 + index}` });
  const whole = file((index) => (index === board ? { chain, delivery } : { chain: own(index) }));
  expect(readRegionFile(whole).organisations[board]).toMatchObject({ code: "rvdk", chain, delivery });
  const same = file((index) => (index === board ? { chain, delivery } : { chain }));
  expect(() => readRegionFile(same)).toThrow("two legal entities have the OIN 00000099000000001999");
  const another = file((index) => (index === 0 ? { chain, delivery } : { chain }));
  expect(() => readRegionFile(another)).toThrow(`${known[0]?.code} is sent no messages (delivery)`);
  const wrong = file(() => ({
    chain: { ...chain, oin: "999990019" },
    delivery: { ...delivery, version: "2" },
  }));
  expect(() => readRegionFile(wrong)).toThrow(/chain\.oin[^]*delivery\.version/);
});

test("nobody continues the work of another and ends", () => {
  const file = changed(({ organisations: [first, second, ...rest], ...region }) => ({
    ...region,
    organisations: [
      { ...first, until: "2026-01-31", continuedBy: second?.code },
      { ...second, until: "2026-06-30" },
      ...rest,
    ],
  }));
  expect(() => readRegionFile(file)).toThrow("which ends itself");
});

test("says where organisations are reached, and a setting says otherwise", () => {
  const content = JSON.stringify({
    ...readRegionFile("utrecht"),
    organisations: readRegionFile("utrecht").organisations.map((one, index) =>
      index < 2
        ? { ...one, url: `https://${one.code}.example/graphql`, deliverTo: "https://own.example/in" }
        : one,
    ),
  });
  const region = loadRegion(write(content, "reached.json"));
  const env = {
    SCHAKEL_SUBGRAPH_URL_VEILIG_THUIS: "https://other.example/graphql",
    SCHAKEL_WEBHOOK_SECRETS_LOKALIS: SECRET,
    SCHAKEL_WEBHOOK_SECRETS_VEILIG_THUIS: SECRET,
    SCHAKEL_WEBHOOK_URL_VEILIG_THUIS: "https://other.example/in",
  };
  expect([...subgraphsElsewhere(region, env)]).toEqual([
    ["lokalis", "https://lokalis.example/graphql"],
    ["veilig-thuis", "https://other.example/graphql"],
  ]);
  const endpoints = [...readEndpoints(region, folder, env).values()].map(({ url }) => url.href);
  expect(endpoints).toEqual(["https://own.example/in", "https://other.example/in"]);
  const file = changed(({ organisations: [first, ...rest], ...one }) => ({
    ...one,
    organisations: [{ ...first, url: "https://user:word@own.example/" }, ...rest],
  }));
  expect(() => readRegionFile(file)).toThrow(/organisations\.0\.url: a URL without a password/);
});

test("norms are the region's, as far as no law says otherwise", () => {
  const settled = { GUIDANCE: { workingDays: 8, by: "afspraak in de regio" } };
  expect(readRegionFile(changed((region) => ({ ...region, norms: settled }))).norms).toEqual(settled);
  const loosened = { REPORT: { workingDays: 8, by: "afspraak in de regio" } };
  expect(() => readRegionFile(changed((region) => ({ ...region, norms: loosened })))).toThrow(
    /norms: REPORT .*5 working days.*Uitvoeringsbesluit Wmo 2015, artikel 4\.1\.7/,
  );
});

test("a team of nobody, and a folder that is not there, are refused", () => {
  const file = changed((region) => ({
    ...region,
    teams: [{ code: "noord", name: "Noord", organisations: ["nobody"] }],
  }));
  expect(() => readRegionFile(file)).toThrow("noord is a team of nobody");
  expect(() => readRegionFile(changed((region) => ({ ...region, folder: "nowhere" })))).toThrow(
    "there is no folder nowhere",
  );
});

test("a demo without a needed part, or with people of nobody, is refused with every fault", () => {
  const own = join(folder, "own");
  mkdirSync(own, { recursive: true });
  const persona = { workerFunction: "WORKER", description: "Somebody" };
  const demo = {
    familyPrefix: "OVV",
    firstQuery: { persona: "lokalis.other", purpose: "CARE", query: "{ me { worker } }" },
    personas: [
      { code: "lokalis.worker", ...persona },
      { code: "lokalis.worker", ...persona },
      { code: "nobody.worker", ...persona },
    ],
  };
  writeFileSync(join(own, "demo.json"), JSON.stringify(demo));
  const content = JSON.stringify({ ...readRegionFile("utrecht"), code: "own", folder: "own" });
  const region = loadRegion(write(content, "own.json"));
  expect(checkRegion({ SCHAKEL_REGION: join(folder, "own.json") }, {}).join()).toMatch(
    /SCHAKEL_REGION: .*is no demo/,
  );
  expect(() => personasOf(region)).toThrow(
    /lokalis\.worker is there twice[^]*no issuer for nobody\.worker[^]*no persona lokalis\.other/,
  );
  writeFileSync(join(own, "demo.json"), JSON.stringify({ ...demo, familyPrefix: "o" }));
  expect(() => personasOf({ ...region })).toThrow(/familyPrefix/);
  expect(personasOf({ ...region, folder })).toEqual([]);
});
