import { mkdtemp, open as openFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createFilesReader, type FilesReader } from "../../../shared/sources/files/reader";
import { FilesSource } from "../../../shared/sources/files/settings";

const CSV = FilesSource.parse({
  kind: "files",
  format: "csv",
  names: "export-*.csv",
  encoding: "windows-1252",
  trailer: "#EINDE",
  columns: { reference: "dossier", number: "volgnr", bsn: "bsn" },
});
const XML = FilesSource.parse({
  kind: "files",
  format: "xml",
  names: "bericht-*.xml",
  root: "bericht.zaak",
  moment: "tijdstip",
  shape: { reference: "nummer", persons: ["lid"], number: "nr", bsn: "bsn" },
});

const exportOf = (lines: readonly string[], announced = lines.length): Buffer =>
  Buffer.from(["dossier;volgnr;bsn;naam", ...lines, `#EINDE;${announced}`, ""].join("\n"), "latin1");
const FIRST = ["W-1;1;99992021;Eén", 'W-1;2;;"Twee; met teken"', "W-2;1;999921137;Drie"];
const message = (number: string, moment: string, name: string): string =>
  `<?xml version="1.0" encoding="ISO-8859-1"?><bericht><zaak><nummer>${number}</nummer><tijdstip>${moment}</tijdstip><lid><nr>1</nr><bsn>99992021</bsn><naam>${name}</naam></lid></zaak></bericht>`;

describe("a source of files", () => {
  let folder: string;
  let logged: unknown[];
  let moment = 1_600_000_000;
  const opened: FilesReader[] = [];
  const open = (source: FilesSource): FilesReader => {
    const log = { warn: (...line: unknown[]) => void logged.push(line) } as never;
    const reader = createFilesReader(source, { folder, lookEveryMs: 3_600_000, log });
    opened.push(reader);
    return reader;
  };
  /** Drops a file as it should be: written under another name, and renamed. */
  const drop = async (name: string, content: string | Buffer): Promise<void> => {
    const whole = path.join(folder, name);
    await writeFile(`${whole}.deel`, content);
    await utimes(`${whole}.deel`, ++moment, moment);
    await rename(`${whole}.deel`, whole);
  };
  const namesIn = async (reader: FilesReader, reference = "W-1"): Promise<unknown> => {
    const found = (await reader.families([reference])).get(reference) as
      { regels: { naam: string }[] } | undefined;
    return found?.regels.map(({ naam }) => naam);
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "schakel-files-"));
    logged = [];
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((reader) => reader.close()));
    await rm(folder, { recursive: true, force: true });
  });

  it("gives the cases and persons of the newest export, in the encoding that was declared", async () => {
    await drop("export-1.csv", exportOf(FIRST));
    const reader = open(CSV);
    expect(await namesIn(reader)).toEqual(["Eén", "Twee; met teken"]);
    expect((await reader.families(["W-9"])).size).toBe(0);
    const people = await reader.persons(["W-1/1", "W-2/1", "W-2/7"]);
    expect(people.map(({ identity }) => identity)).toEqual([
      { person_number: "W-1/1", bsn: "099992021", case_reference: "W-1", number: 1 },
      { person_number: "W-2/1", bsn: "999921137", case_reference: "W-2", number: 1 },
    ]);
    expect(await reader.identities(true)).toHaveLength(3);
    expect(await reader.identities(false)).toBeUndefined();
  });

  it("takes over a new export in one step, and reads everybody again then", async () => {
    await drop("export-1.csv", exportOf(FIRST));
    const reader = open(CSV);
    await reader.identities(true);
    await drop("export-2.csv", exportOf(["W-1;1;99992021;Nieuw"]));
    expect(await namesIn(reader)).toEqual(["Eén", "Twee; met teken"]);
    await reader.look();
    expect(await namesIn(reader)).toEqual(["Nieuw"]);
    expect(await reader.identities(false)).toHaveLength(1);
  });

  it("reads on out of the version that it has when another file takes its name, or the name is gone", async () => {
    await drop("export-1.csv", exportOf(FIRST));
    const reader = open(CSV);
    await reader.ready();
    await drop("export-1.csv", exportOf(["W-1;1;99992021;Ander"]));
    expect(await namesIn(reader)).toEqual(["Eén", "Twee; met teken"]);
    await rm(path.join(folder, "export-1.csv"));
    expect(await namesIn(reader)).toEqual(["Eén", "Twee; met teken"]);
  });

  it.each<[string, Buffer]>([
    ["is cut off in a line", exportOf(FIRST).subarray(0, 60)],
    ["is cut off between two lines", exportOf(FIRST.slice(0, 2), 3)],
    ["has no last line", Buffer.from("dossier;volgnr;bsn;naam\nW-1;1;99992021;Half\n", "latin1")],
    ["ends within quotes", Buffer.from('dossier;volgnr;bsn;naam\nW-1;1;;"Half\n', "latin1")],
    ["has other columns", Buffer.from("nummer;naam\nW-1;Half\n#EINDE;1\n", "latin1")],
    ["goes on after its last line", Buffer.concat([exportOf(FIRST), Buffer.from("W-3;1;;Na\n")])],
    ["is empty", Buffer.alloc(0)],
  ])("stays with the old export when the new one %s, and says so once", async (_name, content) => {
    await drop("export-1.csv", exportOf(FIRST));
    const reader = open(CSV);
    await reader.ready();
    await drop("export-2.csv", content);
    await reader.look();
    await reader.look();
    expect(await namesIn(reader)).toEqual(["Eén", "Twee; met teken"]);
    expect(logged).toHaveLength(1);
    expect(JSON.stringify(logged)).not.toMatch(/Half|9999/);
  });

  it("does not take an export in another encoding than was declared", async () => {
    const utf8 = FilesSource.parse({ ...CSV, encoding: "utf-8" });
    await drop("export-1.csv", Buffer.from(exportOf(["W-1;1;;Goed"]).toString("latin1"), "utf8"));
    const reader = open(utf8);
    await reader.ready();
    await drop("export-2.csv", exportOf(FIRST));
    await reader.look();
    expect(await namesIn(reader)).toEqual(["Goed"]);
    expect(JSON.stringify(logged)).toContain("ENCODING");
  });

  it("does not see a file that is still being written under another name", async () => {
    await writeFile(path.join(folder, "export-1.csv.deel"), exportOf(FIRST));
    await expect(open(CSV).ready()).rejects.toMatchObject({ details: { cause: "UNREACHABLE" } });
  });

  it("keeps places and not contents of an export of two hundred thousand lines", async () => {
    const file = await openFile(path.join(folder, "export-1.csv"), "w");
    await file.write("dossier;volgnr;bsn;naam\n");
    const many = 200_000;
    for (let at = 0; at < many; at += 1_000) {
      const lines = Array.from({ length: 1_000 }, (_, more) => `W-${at + more};1;;${"n".repeat(200)}\n`);
      await file.write(lines.join(""));
    }
    await file.write(`#EINDE;${many}\n`);
    await file.close();
    const reader = open(CSV);
    await reader.look();
    expect(await namesIn(reader, `W-${many - 1}`)).toEqual(["n".repeat(200)]);
    expect((await reader.families(["W-0", "W-77777"])).size).toBe(2);
  });

  it("gives of each case the newest message, leaves out what is no message, and sees new ones", async () => {
    await drop("bericht-1.xml", Buffer.from(message("R-1", "20200102", "Oud"), "latin1"));
    await drop("bericht-2.xml", Buffer.from(message("R-1", "20200202", "Eén"), "latin1"));
    await drop("bericht-3.xml", message("R-2", "20200101", "Twee").slice(0, 90));
    await drop("bericht-4.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>');
    const reader = open(XML);
    expect(await reader.families(["R-1", "R-2"])).toEqual(
      new Map([
        ["R-1", { nummer: "R-1", tijdstip: "20200202", lid: { nr: "1", bsn: "99992021", naam: "Eén" } }],
      ]),
    );
    expect(logged).toEqual([[{ files: 2 }, "messages that could not be read"]]);
    await drop("bericht-5.xml", message("R-2", "20200303", "Twee"));
    await reader.look();
    expect((await reader.families(["R-2"])).size).toBe(1);
    expect(await reader.identities(true)).toMatchObject([
      { case_reference: "R-1" },
      { case_reference: "R-2" },
    ]);
  });
});
