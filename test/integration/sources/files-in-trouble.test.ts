// Files that come slowly, not at all, in halves, or under a reader that is reading: what is given stays right, what is missing
// is said, and the disk is asked no more than the limits allow.

import { execFile, execFileSync } from "node:child_process";
import { constants } from "node:fs";
import { chmod, open, rename, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { ANSWER_LIMIT } from "../../../shared/sources/http";
import type { Somebody } from "../../../shared/sources/record-reader";
import { CSV, DroppedFiles, exportOf, message, namesIn, XML } from "../../kit/dropped-files";
import { eventually } from "../../kit/hub";
import { pagesOf, together } from "../../kit/people";

const FIRST = ["W-1;1;99992021;Eén", "W-1;2;;Twee", "W-2;1;999921137;Drie"];
const runFile = promisify(execFile);
const READ_EXPORT = path.resolve("test", "kit", "read-export.ts");
/** What the process that reads a million lines may keep. */
const HEAP_MB = 48;
const AWAY = { details: { cause: "UNREACHABLE" } };
const WRONG = { details: { cause: "FAILED" } };

let files: DroppedFiles;
beforeEach(async () => {
  files = await DroppedFiles.make();
});
afterEach(() => files.remove());

describe("a folder that is away", () => {
  test("takes messages away, as not there and never as empty; they are back with it", async () => {
    await files.drop("bericht-1.xml", message("R-1", "20200101", "Een"));
    const reader = files.open(XML);
    await reader.ready();
    await rename(files.folder, `${files.folder}.weg`);
    await expect(namesIn(reader, "R-1")).rejects.toMatchObject(AWAY);
    await rename(`${files.folder}.weg`, files.folder);
    expect(await namesIn(reader, "R-1")).toEqual(["Een"]);
  });

  test("leaves the last export as it was", async () => {
    await files.drop("export-1.csv", exportOf(FIRST));
    const reader = files.open(CSV);
    await reader.ready();
    await rename(files.folder, `${files.folder}.weg`);
    await expect(reader.look()).rejects.toThrow();
    expect(await namesIn(reader, "W-1")).toEqual(["Eén", "Twee"]);
    await rename(`${files.folder}.weg`, files.folder);
  });

  test.each([
    ["messages", XML, "bericht-1.xml", message("R-1", "20200101", "Een"), "R-1"],
    ["exports", CSV, "export-1.csv", exportOf(FIRST), "W-1"],
  ])("is what a folder without its %s is taken for", async (_what, source, name, content, reference) => {
    await files.drop(name, content);
    const reader = files.open(source);
    await reader.ready();
    await rm(files.path(name));
    await expect(reader.look()).rejects.toThrow();
    // An export that was opened is still there; of a message nothing is.
    const given = namesIn(reader, reference);
    if (source === XML) await expect(given).rejects.toMatchObject(AWAY);
    else expect(await given).toEqual(["Eén", "Twee"]);
    await expect(files.open(source).ready()).rejects.toMatchObject(AWAY);
  });
});

describe("a message", () => {
  test("that cannot be read is said to be there, until it can be read", async () => {
    await files.drop("bericht-1.xml", message("R-1", "20200101", "Een"));
    await files.drop("bericht-2.xml", message("R-2", "20200101", "Twee").slice(0, 120));
    const reader = files.open(XML);
    expect(await namesIn(reader, "R-1")).toEqual(["Een"]);
    expect(reader.incomplete()).toBe(true);
    await files.drop("bericht-2.xml", message("R-2", "20200101", "Twee"));
    await reader.look();
    expect(reader.incomplete()).toBe(false);
    expect(await namesIn(reader, "R-2")).toEqual(["Twee"]);
    expect(await namesIn(reader, "R-3")).toBeUndefined();
  });

  test("in another encoding than it declares is not guessed at", async () => {
    await files.drop("bericht-1.xml", message("R-1", "20200101", "Een"));
    const utf8 = message("R-2", "20200101", "Eén").replace("ISO-8859-1", "UTF-8");
    await files.drop("bericht-2.xml", Buffer.from(utf8, "latin1"));
    const reader = files.open(XML);
    expect(await namesIn(reader, "R-1")).toEqual(["Een"]);
    expect(await namesIn(reader, "R-2")).toBeUndefined();
    expect(reader.incomplete()).toBe(true);
    expect(JSON.stringify(files.logged)).not.toMatch(/E.n|9999/u);
  });

  test("that is larger than anything that is read is left out, and keeps nothing of the others back", async () => {
    await files.drop("bericht-1.xml", message("R-1", "20200101", "Een"));
    await files.drop("bericht-2.xml", message("R-2", "20200101", "Twee"));
    await truncate(files.path("bericht-2.xml"), ANSWER_LIMIT + 1);
    const reader = files.open(XML);
    expect(await namesIn(reader, "R-1")).toEqual(["Een"]);
    expect(reader.incomplete()).toBe(true);
  });

  test("that takes the name of another one is never given for it", async () => {
    await files.drop("bericht-1.xml", message("R-1", "20200101", "Een"));
    await files.drop("bericht-2.xml", message("R-3", "20200101", "Drie"));
    const reader = files.open(XML);
    await reader.ready();
    await files.drop("bericht-1.xml", message("R-2", "20200101", "Twee"));
    expect(await namesIn(reader, "R-1")).toBeUndefined();
    expect(await namesIn(reader, "R-2")).toEqual(["Twee"]);
    expect(await namesIn(reader, "R-3")).toEqual(["Drie"]);
  });

  test("that is taken away after an older one about its case leaves the older one", async () => {
    await files.drop("bericht-1.xml", message("R-1", "20200101", "Oud"));
    await files.drop("bericht-2.xml", message("R-1", "20200202", "Nieuw"));
    const reader = files.open(XML);
    expect(await namesIn(reader, "R-1")).toEqual(["Nieuw"]);
    await rm(files.path("bericht-2.xml"));
    expect(await namesIn(reader, "R-1")).toEqual(["Oud"]);
  });

  test("that may be read later is read then", async () => {
    await files.drop("bericht-1.xml", message("R-1", "20200101", "Oud"));
    const reader = files.open(XML);
    await reader.ready();
    await files.drop("bericht-2.xml", message("R-1", "20200202", "Nieuw").slice(0, 60));
    await reader.look();
    expect(await namesIn(reader, "R-1")).toEqual(["Oud"]);
    await writeFile(files.path("bericht-2.xml"), message("R-1", "20200202", "Nieuw"));
    await chmod(files.path("bericht-2.xml"), 0o644);
    await reader.look();
    expect(await namesIn(reader, "R-1")).toEqual(["Nieuw"]);
  });
});

describe("an export", () => {
  test("that was cut off anywhere is not taken over", async () => {
    const fresh = exportOf(["W-1;1;99992021;Nieuw", 'W-1;2;;"Ook; nieuw"']);
    await files.drop("export-1.csv", exportOf(FIRST));
    const reader = files.open(CSV);
    await reader.ready();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: fresh.length - 2 }), async (bytes) => {
        await files.drop("export-2.csv", fresh.subarray(0, bytes));
        await reader.look();
        expect(await namesIn(reader, "W-1")).toEqual(["Eén", "Twee"]);
      }),
      { numRuns: 40 },
    );
    await files.drop("export-2.csv", fresh);
    await reader.look();
    expect(await namesIn(reader, "W-1")).toEqual(["Nieuw", "Ook; nieuw"]);
  });

  test("that is written in place is not given while it is half, and is there when it is whole", async () => {
    await files.drop("export-1.csv", exportOf(FIRST));
    const reader = files.open(CSV);
    await reader.ready();
    const fresh = exportOf(["W-1;1;99992021;Nieuw", "W-3;1;;Vier"]);
    const file = await open(files.path("export-1.csv"), "w");
    await file.write(fresh.subarray(0, 40));
    await expect(namesIn(reader, "W-1")).rejects.toMatchObject(WRONG);
    await expect(together(reader.identities(true))).rejects.toMatchObject(WRONG);
    await file.write(fresh.subarray(40));
    await file.close();
    await reader.look();
    expect(await namesIn(reader, "W-1")).toEqual(["Nieuw"]);
    expect(await together(reader.identities(true))).toHaveLength(2);
  });

  test("in which other cases took the place of those that were there gives nobody's lines for another's", async () => {
    const [one, other] = [exportOf(["W-1;1;;Een", "W-2;1;;Twee"]), exportOf(["W-2;1;;Een", "W-1;1;;Twee"])];
    await files.drop("export-1.csv", one);
    const reader = files.open(CSV);
    await reader.ready();
    // With the size and the time of before: nothing tells but what is in it.
    const { atime, mtime } = await stat(files.path("export-1.csv"));
    await writeFile(files.path("export-1.csv"), other);
    await utimes(files.path("export-1.csv"), atime, mtime);
    expect(await namesIn(reader, "W-1")).toEqual(["Twee"]);
    expect(await namesIn(reader, "W-2")).toEqual(["Een"]);
  });

  test("of a million lines is read by a process with a heap smaller than the export", async () => {
    const [cases, perCase] = [10_000, 100];
    const file = await open(files.path("export-1.csv"), "w");
    await file.write("dossier;volgnr;bsn;naam\n");
    for (let one = 0; one < cases; one++) {
      const ofCase = Array.from({ length: perCase }, (_, at) => `W-${one};${at + 1};;${"n".repeat(64)}\n`);
      await file.write(ofCase.join(""));
    }
    await file.write(`#EINDE;${cases * perCase}\n`);
    const { size } = await file.stat();
    await file.close();
    expect(size).toBeGreaterThan(HEAP_MB * 1024 * 1024 * 1.5);
    const asked = ["W-0", "W-4711", `W-${cases - 1}`];
    const { stdout } = await runFile(process.execPath, [
      `--max-old-space-size=${HEAP_MB}`,
      "--import",
      "tsx",
      READ_EXPORT,
      files.folder,
      ...asked,
    ]);
    expect(JSON.parse(stdout)).toEqual([
      ...asked.map((one) => [one, perCase]),
      ["everybody", cases * perCase],
    ]);
  }, 120_000);

  test("gives everybody some cases at a time, oldest first, and goes on in the version that takes its place", async () => {
    const lines = Array.from({ length: 12_000 }, (_, at) => `W-${40_000 - at};1;;${at}`);
    await files.drop("export-1.csv", exportOf([...lines, ";1;;Zonder"]));
    let asked = 0;
    const reader = files.open(CSV, { onAsk: () => void asked++ });
    const people: Somebody[] = [];
    for await (const page of pagesOf((await reader.identities(true)) ?? [])) {
      if (people.length === 0) {
        expect(asked).toBe(2);
        await files.drop("export-2.csv", exportOf([...lines.slice(1), "W-99999;1;;Later"]));
        await reader.look();
      }
      people.push(...page);
    }
    const given = people.map((one) => one?.case_reference);
    // Who went meanwhile is not given, who came is there at the next reading, and who has no case is counted.
    expect(given).toEqual([
      ...lines
        .slice(1)
        .map((line) => line.slice(0, 7))
        .toSorted(),
      undefined,
    ]);
    expect(await together(reader.identities(false))).toHaveLength(12_000);
  });
});

describe("a disk that is slow", () => {
  const SLOW = "bericht-1.xml";
  /** Ends every reading of the pipe that stands for a file on a disk that does not answer. */
  const letGo = async (): Promise<void> => {
    await (await open(files.path(SLOW), constants.O_WRONLY | constants.O_NONBLOCK)).close();
  };

  test("costs its own questions their deadline, is asked no more than its limits, and is asked again afterwards", async () => {
    await files.drop(SLOW, message("R-1", "20200101", "Een"));
    await files.drop("bericht-2.xml", message("R-2", "20200101", "Twee"));
    let asked = 0;
    const limits = { deadlineMs: 300, concurrent: 2, queued: 3, breaksAfter: 1_000 };
    const reader = files.open(XML, { ...limits, onAsk: () => void asked++ });
    await reader.ready();
    asked = 0;
    await rm(files.path(SLOW));
    execFileSync("mkfifo", [files.path(SLOW)]);

    const causes = await Promise.all(
      Array.from({ length: 20 }, async () =>
        reader.families(["R-1"]).then(
          () => "GIVEN",
          (error: { details: { cause: string } }) => error.details.cause,
        ),
      ),
    );
    expect(causes.filter((cause) => cause === "TIMEOUT")).toHaveLength(5);
    expect(causes.filter((cause) => cause === "BUSY")).toHaveLength(15);
    // Who waited in vain was never asked for.
    expect(asked).toBe(2);
    await letGo();
    await files.drop(SLOW, message("R-1", "20200101", "Een"));
    await eventually("the disk is asked again", async () => {
      const given = await namesIn(reader, "R-1").catch(() => undefined);
      return given?.[0] === "Een" ? true : undefined;
    });
    expect(await namesIn(reader, "R-2")).toEqual(["Twee"]);
  });
});
