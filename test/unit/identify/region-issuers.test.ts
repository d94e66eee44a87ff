// Issuers may stand in the region file: the same entries as in a file of their own, which goes before them.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readIssuers, readRegionIssuers } from "../../../gateway/identify/issuers-file";
import { readGatewaySettings } from "../../../gateway/settings";
import { loadRegion } from "../../../shared/region/region";
import { readRegionFile } from "../../../shared/region/region-file";
import { hasRealIssuers } from "../../../shared/launch/settings";
import { writeRegionWithIssuers } from "../../kit/region-with-issuers";
import { UTRECHT } from "../../kit/requesters";

const folder = mkdtempSync(join(tmpdir(), "region-issuers-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ENTRY = {
  issuer: "https://login.lokalis.example/realms/jeugd",
  audience: "api://schakel",
  algorithms: ["PS256"],
  types: ["JWT"],
  claims: {
    worker: "https://lokalis.example/nummer",
    function: { path: ["realm_access", "roles"], values: { wijkteam: "WORKER" } },
  },
  clients: [{ id: "lokalis-ecd", function: "WORKER", mutations: ["reviewReferral"] }],
};
const OFFICE = { organisation: "hub", issuer: "https://login.hub.example", algorithms: ["ES256"] };
const gateway = (env: Record<string, string>) =>
  readGatewaySettings({ DATABASE_URL: "postgresql://hub:w0rd@127.0.0.1/hub", ...env }).issuers.map(
    ({ issuer }) => issuer,
  );

test("an entry says the same in the region file as in a file of its own", () => {
  const region = loadRegion(writeRegionWithIssuers(folder, ENTRY, [OFFICE]));
  const inFile = { issuers: [{ ...ENTRY, organisation: "lokalis" }, OFFICE] };
  expect(readRegionIssuers({ region, secure: true })).toEqual(
    readIssuers(inFile, { region: UTRECHT, secure: true }),
  );
});

test("the gateway takes a file of issuers, else those of the region, else those of the demo", () => {
  const region = writeRegionWithIssuers(folder, ENTRY, [OFFICE]);
  const other = "https://login.elsewhere.example";
  const file = join(folder, "issuers.json");
  writeFileSync(
    file,
    JSON.stringify({ issuers: [{ organisation: "save", issuer: other, algorithms: ["ES256"] }] }),
  );
  const url = "http://127.0.0.1:4009";
  expect(gateway({ SCHAKEL_REGION: region, SCHAKEL_ISSUERS_FILE: file })).toEqual([other]);
  expect(gateway({ SCHAKEL_REGION: region, SCHAKEL_ISSUER_URL: url })).toEqual([ENTRY.issuer, OFFICE.issuer]);
  expect(gateway({ SCHAKEL_ISSUER_URL: url })).toContain(`${url}/issuers/lokalis`);
});

test("the launcher starts no demo issuers beside them", () => {
  expect(hasRealIssuers({ SCHAKEL_REGION: writeRegionWithIssuers(folder) })).toBe(true);
  expect(hasRealIssuers({ SCHAKEL_REGION: "utrecht" })).toBe(false);
});

test.each<[string, object, RegExp]>([
  ["with a shared secret", { ...ENTRY, algorithms: ["HS256"] }, /organisations\.0\.issuer\.algorithms/],
  ["of another organisation", { ...ENTRY, organisation: "save" }, /organisations\.0\.issuer: .*organisation/],
  ["without an address", { algorithms: ["ES256"] }, /organisations\.0\.issuer\.issuer/],
])("an entry %s is a fault of the region file", (_what, entry, told) => {
  expect(() => readRegionFile(writeRegionWithIssuers(folder, entry))).toThrow(told);
});

test.each<[string, object, RegExp]>([
  [
    "vouches for what its organisation does not employ",
    { ...ENTRY, claims: { function: { path: "role", values: { baas: "GUARDIAN" } } } },
    /SCHAKEL_REGION: issuer of lokalis: function GUARDIAN/,
  ],
  ["stands at a URL with a password", { ...ENTRY, issuer: "https://a:b@login.example" }, /without query/],
  ["is that of another as well", { ...ENTRY, issuer: OFFICE.issuer }, /issuers: two issuers are /],
])("the gateway does not start with an issuer that %s", (_what, entry, told) => {
  const region = writeRegionWithIssuers(folder, entry, [OFFICE]);
  expect(() => gateway({ SCHAKEL_REGION: region })).toThrow(told);
});
