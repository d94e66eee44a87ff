import { rm, writeFile } from "node:fs/promises";
import { FilesSource, type XmlFiles } from "../../../shared/sources/files/settings";
import { openXmlVersion } from "../../../shared/sources/files/xml-version";
import type { Somebody } from "../../../shared/sources/record-reader";
import { CSV, DroppedFiles, exportOf, message, namesIn, XML } from "../../kit/dropped-files";
import { pagesOf, together } from "../../kit/people";

const MESSAGES = XML as XmlFiles;
const FIRST = ["W-1;1;99992021;Eén", 'W-1;2;;"Twee; met teken"', "W-2;1;999921137;Drie"];

describe("a source of files", () => {
  let files: DroppedFiles;
  beforeEach(async () => {
    files = await DroppedFiles.make();
  });
  afterEach(() => files.remove());

  it("gives the cases and persons of the newest export, in the encoding that was declared", async () => {
    await files.drop("export-1.csv", exportOf(FIRST));
    const reader = files.open(CSV);
    expect(await namesIn(reader, "W-1")).toEqual(["Eén", "Twee; met teken"]);
    expect((await reader.families(["W-9"])).size).toBe(0);
    const people = await reader.persons(["W-1/1", "W-2/1", "W-2/7"]);
    expect(people.map(({ identity }) => identity)).toEqual([
      { person_number: "W-1/1", bsn: "099992021", case_reference: "W-1", number: 1 },
      { person_number: "W-2/1", bsn: "999921137", case_reference: "W-2", number: 1 },
    ]);
    expect(await together(reader.identities(true))).toHaveLength(3);
    expect(await reader.identities(false)).toBeUndefined();
  });

  it("takes over a new export in one step, and reads everybody again then", async () => {
    await files.drop("export-1.csv", exportOf(FIRST));
    const reader = files.open(CSV);
    await together(reader.identities(true));
    await files.drop("export-2.csv", exportOf(["W-1;1;99992021;Nieuw"]));
    expect(await namesIn(reader, "W-1")).toEqual(["Eén", "Twee; met teken"]);
    await reader.look();
    expect(await namesIn(reader, "W-1")).toEqual(["Nieuw"]);
    expect(await together(reader.identities(false))).toHaveLength(1);
  });

  it("reads on out of the version that it has when another file takes its name, or the name is gone", async () => {
    await files.drop("export-1.csv", exportOf(FIRST));
    const reader = files.open(CSV);
    await reader.ready();
    await files.drop("export-1.csv", exportOf(["W-1;1;99992021;Ander"]));
    expect(await namesIn(reader, "W-1")).toEqual(["Eén", "Twee; met teken"]);
    await rm(files.path("export-1.csv"));
    expect(await namesIn(reader, "W-1")).toEqual(["Eén", "Twee; met teken"]);
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
    await files.drop("export-1.csv", exportOf(FIRST));
    const reader = files.open(CSV);
    await reader.ready();
    await files.drop("export-2.csv", content);
    await reader.look();
    await reader.look();
    expect(await namesIn(reader, "W-1")).toEqual(["Eén", "Twee; met teken"]);
    expect(files.logged).toHaveLength(1);
    expect(JSON.stringify(files.logged)).not.toMatch(/Half|9999/);
  });

  it("does not take an export in another encoding than was declared", async () => {
    const utf8 = FilesSource.parse({ ...CSV, encoding: "utf-8" });
    await files.drop("export-1.csv", Buffer.from(exportOf(["W-1;1;;Goed"]).toString("latin1"), "utf8"));
    const reader = files.open(utf8);
    await reader.ready();
    await files.drop("export-2.csv", exportOf(FIRST));
    await reader.look();
    expect(await namesIn(reader, "W-1")).toEqual(["Goed"]);
    expect(JSON.stringify(files.logged)).toContain("ENCODING");
  });

  it("does not see a file that is still being written under another name", async () => {
    await writeFile(files.path("export-1.csv.deel"), exportOf(FIRST));
    await expect(files.open(CSV).ready()).rejects.toMatchObject({ details: { cause: "UNREACHABLE" } });
  });

  it("gives of each case the newest message, leaves out what is no message, and sees new ones", async () => {
    await files.drop("bericht-1.xml", Buffer.from(message("R-1", "20200102", "Oud"), "latin1"));
    await files.drop("bericht-2.xml", Buffer.from(message("R-1", "20200202", "Eén"), "latin1"));
    await files.drop("bericht-3.xml", message("R-2", "20200101", "Twee").slice(0, 90));
    await files.drop("bericht-4.xml", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>');
    const reader = files.open(XML);
    expect(await reader.families(["R-1"])).toEqual(
      new Map([
        ["R-1", { nummer: "R-1", tijdstip: "20200202", lid: { nr: "1", bsn: "99992021", naam: "Eén" } }],
      ]),
    );
    // By what they can be found with, and not by a name that may be a case's.
    const inodes = [expect.any(Number), expect.any(Number)];
    expect(files.logged).toEqual([[{ files: 2, inodes }, "messages that could not be read"]]);
    await files.drop("bericht-5.xml", message("R-2", "20200303", "Twee"));
    await reader.look();
    expect((await reader.families(["R-2"])).size).toBe(1);
    expect(await together(reader.identities(true))).toMatchObject([
      { case_reference: "R-1" },
      { case_reference: "R-2" },
    ]);
    expect(await reader.identities(false)).toBeUndefined();
  });

  it("gives everybody in messages some at a time, oldest case first, and each as the messages are then", async () => {
    const cases = 450;
    const opened = (one: number): string => `<opened>${String(cases - one).padStart(3, "0")}</opened>`;
    const messageOf = (one: number, person: string): string =>
      message(`R-${one}`, "20200101", "Een")
        .replace("<nr>1</nr>", `<nr>${person}</nr>`)
        .replace("<lid>", `${opened(one)}<lid>`);
    for (let one = 0; one < cases; one += 1) await files.drop(`bericht-${one}.xml`, messageOf(one, "1"));
    let asked = 0;
    const source = { ...MESSAGES, shape: { ...MESSAGES.shape, opened: "opened" } };
    const reader = files.open(source, {
      onAsk: (question) => {
        if (question === "identities") asked += 1;
      },
    });
    const people: Somebody[] = [];
    let pages = 0;
    for await (const page of pagesOf((await reader.identities(true)) ?? [])) {
      people.push(...page);
      pages += 1;
      // One question to begin with, and one for each page that was taken.
      expect(asked).toBe(1 + pages);
      // Written anew while others are being read; the last one is in the last page.
      if (pages === 1) await files.drop("bericht-0.xml", messageOf(0, "2"));
    }
    expect(pages).toBeGreaterThan(2);
    expect(people.map((one) => one?.case_reference)).toEqual(
      Array.from({ length: cases }, (_, at) => `R-${cases - 1 - at}`),
    );
    expect(people.at(-1)?.person_number).toBe("R-0/2");
  });

  it("does not go on reading messages for whoever has given up", async () => {
    await files.drop("bericht-1.xml", message("R-1", "20200101", "Een"));
    const names = [{ name: "bericht-1.xml", mark: "1", inode: 1 }];
    const version = await openXmlVersion(files.folder, names, MESSAGES, new Map());
    await expect(version.peopleIn(version.references, AbortSignal.abort())).rejects.toThrow("abort");
    expect(await version.peopleIn(version.references, new AbortController().signal)).toHaveLength(1);
  });
});
