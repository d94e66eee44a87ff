// What the systems that give files put into their folders: whole, in their own encoding, and again when there is more.

import { mkdirSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { startDemoSystem } from "../../../shared/demo-system/run-demo-system";
import { createLogger } from "../../../shared/kernel/logger";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { allFound } from "../../../shared/sources/found";
import { openDeclaredSource } from "../../../shared/sources/open-source";
import type { OrganisationSource } from "../../../shared/sources/organisation-source";
import { decodeText } from "../../../shared/sources/text-encoding";
import { layout as rvdkLayout } from "../../../subgraphs/rvdk/demo/layout";
import { identityQuery as rvdkPeople } from "../../../subgraphs/rvdk/demo/people";
import { system as rvdk, writeMessages } from "../../../subgraphs/rvdk/demo/system";
import { layout as wssLayout } from "../../../subgraphs/wss/demo/layout";
import { identityQuery as wssPeople } from "../../../subgraphs/wss/demo/people";
import { system as wss, writeExport } from "../../../subgraphs/wss/demo/system";
import { withDatabase } from "../../kit/database";
import { eventually } from "../../kit/hub";
import { makeTestFolder } from "../../kit/test-folders";
import { declaredOrganisation } from "./under-test";

const KEY = { version: 1, secret: Buffer.alloc(32, 7) };
const organisations = {
  wss: declaredOrganisation(wss, wssLayout, wssPeople),
  rvdk: declaredOrganisation(rvdk, rvdkLayout, rvdkPeople),
};
const FIRST = toPlainDate("2026-01-30");
const LATER = ["2026-01-31", "2026-02-01", "2026-02-02"].map((day) => toPlainDate(day));

/** An empty folder. */
function newFolder(): string {
  const folder = path.join(makeTestFolder(), "files");
  mkdirSync(folder);
  return folder;
}

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function openFiles(organisation: string, folder: string): Promise<OrganisationSource> {
  const mappingFile = path.resolve("subgraphs", organisation, "mapping", "mapping.yaml");
  const source = await openDeclaredSource(mappingFile, { address: { folder }, pseudonymKey: KEY });
  ends.push(() => source.close());
  return source;
}

describe("the export of WSS", () => {
  const database = withDatabase("empty");
  beforeAll(async () => {
    await organisations.wss.seed(database.ownerUrl);
  });

  it("is there for the last nights, and nothing that is half", async () => {
    const folder = newFolder();
    for (const day of [FIRST, ...LATER]) await writeExport(database.owner, folder, day);
    const names = (await readdir(folder)).toSorted();
    expect(names).toEqual(["wss-export-20260131.csv", "wss-export-20260201.csv", "wss-export-20260202.csv"]);
    const { mode } = await stat(path.join(folder, names[0] ?? ""));
    expect(mode & 0o077).toBe(0);
  });

  it("is text in windows-1252, with the number of its lines at the end", async () => {
    const folder = newFolder();
    await database.owner.query(
      `UPDATE export_regel SET gezin = 'Eén “huis”; € 5' WHERE dossiernummer = 'WSS-2015'`,
    );
    await writeExport(database.owner, folder, FIRST);
    const bytes = await readFile(path.join(folder, "wss-export-20260130.csv"));
    const lines = decodeText(bytes, "windows-1252").trimEnd().split("\r\n");
    expect(lines.at(-1)).toBe(`#EINDE;${lines.length - 2}`);
    expect(lines.filter((line) => line.includes('"Eén “huis”; € 5"'))).toHaveLength(3);
    const source = await openFiles("wss", folder);
    expect(allFound(await source.findFamilies(["WSS-2015"])).get("WSS-2015")?.household?.composition).toBe(
      "Eén “huis”; € 5",
    );
  });

  it("with a code and a date that nobody knows gives all the rest, and the code", async () => {
    const folder = newFolder();
    await database.owner.query(
      `UPDATE export_regel SET traject = 'X9', traject_start = '31-02-2020', rol = 'OPA' WHERE dossiernummer = 'WSS-2013'`,
    );
    await writeExport(database.owner, folder, FIRST);
    const source = await openFiles("wss", folder);
    const found = allFound(await source.findFamilies(["WSS-2013", "WSS-2008"]));
    expect(found.get("WSS-2013")?.involvement).toMatchObject({
      kind: "onbekende code (X9)",
      since: null,
      contactName: "Janneke Tol",
    });
    expect(found.get("WSS-2013")?.contactNotes).toHaveLength(2);
    expect(found.get("WSS-2008")?.involvement?.kind).toBe("uitvoering van een ondertoezichtstelling");
  });
});

describe("the messages of the Raad", () => {
  const database = withDatabase("empty");
  beforeAll(async () => {
    await organisations.rvdk.seed(database.ownerUrl);
  });

  it("are one file each, left alone once they are there, and go when the system does not have them any more", async () => {
    const folder = newFolder();
    await writeMessages(database.owner, folder);
    const names = await readdir(folder);
    const { rows } = await database.owner.query<{ referentienummer: string }>(
      "SELECT referentienummer FROM zaakbericht",
    );
    expect(names.toSorted()).toEqual(
      rows.map(({ referentienummer }) => `zaakbericht-${referentienummer}.xml`).toSorted(),
    );
    const before = await stat(path.join(folder, names[0] ?? ""));
    await writeMessages(database.owner, folder);
    expect((await stat(path.join(folder, names[0] ?? ""))).ino).toBe(before.ino);
    await database.owner.query("DELETE FROM zaakbericht WHERE zaakidentificatie = 'RVDK-2008'");
    await writeMessages(database.owner, folder);
    expect((await readdir(folder)).some((name) => name.includes("2008"))).toBe(false);
  });

  it("give, when a later one comes, what the later one says", async () => {
    const folder = newFolder();
    await writeMessages(database.owner, folder);
    const source = await openFiles("rvdk", folder);
    const statusOf = async (): Promise<unknown> =>
      allFound(await source.findFamilies(["RVDK-2014"])).get("RVDK-2014")?.involvement?.kind;
    expect(await statusOf()).toBe("overwegen kinderbeschermingsmaatregel: zaak afgerond");
    await database.owner.query(
      `INSERT INTO zaakbericht
       SELECT 'RVDK-2014-9', zaakidentificatie, '29990101000000000',
              jsonb_set(jsonb_set(bericht, '{stuurgegevens,tijdstipBericht}', '"29990101000000000"'),
                        '{object,status}', '"OND"')
         FROM zaakbericht WHERE zaakidentificatie = 'RVDK-2014'`,
    );
    await writeMessages(database.owner, folder);
    await eventually("the later message", async () =>
      (await statusOf()) === "overwegen kinderbeschermingsmaatregel: onderzoek loopt" ? true : undefined,
    );
  });
});

describe("a system over an empty database", () => {
  const database = withDatabase("empty");

  it("is not ready, and is once there is something to give", async () => {
    const folder = newFolder();
    const { url, stop } = await startDemoSystem(
      wss,
      {
        SYSTEM_HOST: "127.0.0.1",
        SYSTEM_PORT: 0,
        SYSTEM_DATABASE_URL: database.ownerUrl,
        SYSTEM_CLIENT: "-",
        SYSTEM_FOLDER: folder,
        NODE_ENV: "test",
      },
      createLogger("wss", "silent"),
    );
    ends.push(stop);
    const ready = async (): Promise<number> => (await fetch(`${url}/ready`)).status;
    expect(await ready()).toBe(503);
    expect(await readdir(folder)).toEqual([]);
    await organisations.wss.seed(database.ownerUrl);
    await eventually("the first export", async () => ((await ready()) === 200 ? true : undefined));
    expect(await readdir(folder)).toEqual([expect.stringMatching(/^wss-export-\d{8}\.csv$/)]);
  });
});
