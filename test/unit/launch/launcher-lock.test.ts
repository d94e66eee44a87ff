// One launcher per data directory; what a killed one left is taken over.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeLauncherLock } from "../../../shared/launch/launcher-lock";
import { startTimeOf } from "../../../shared/launch/processes";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "schakel-lock-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const writeLock = (content: string): void => writeFileSync(join(folder, "launcher.json"), content);

test("refuses a second launcher and names the first", () => {
  const giveBack = takeLauncherLock(folder);
  expect(() => takeLauncherLock(folder)).toThrow(`in use by process ${process.pid}`);
  giveBack();
  takeLauncherLock(folder)();
});

test("leaves no file behind", () => {
  const giveBack = takeLauncherLock(folder);
  expect(() => takeLauncherLock(folder)).toThrow();
  expect(readdirSync(folder)).toEqual(["launcher.json"]);
  giveBack();
  expect(readdirSync(folder)).toEqual([]);
});

test("takes over from a process that is gone", async () => {
  const gone = spawn(process.execPath, ["-e", ""]);
  const began = startTimeOf(gone.pid!);
  await once(gone, "exit");
  writeLock(JSON.stringify({ pid: gone.pid, began }));
  takeLauncherLock(folder)();
});

test("takes over when the process id belongs to another program by now", () => {
  writeLock(JSON.stringify({ pid: process.ppid, began: "another time" }));
  takeLauncherLock(folder)();
});

test.each(["", "{", "null", "[]", '{"pid":"x"}'])("takes over from a lock file that holds %j", (content) => {
  writeLock(content);
  takeLauncherLock(folder)();
});

test("does not give back what another launcher has taken over", () => {
  const giveBack = takeLauncherLock(folder);
  writeLock(JSON.stringify({ pid: 1, began: "then" }));
  giveBack();
  expect(readFileSync(join(folder, "launcher.json"), "utf8")).toContain("then");
});
