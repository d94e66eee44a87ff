// The data directory is made for its owner alone, or the operator reads why not.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeDataDirectory } from "../../../shared/launch/data-directory";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "schakel-data-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("makes what is missing, closed to others, and gives it back", async () => {
  const directory = join(folder, "some where", "data");
  const giveBack = await takeDataDirectory(directory, "utrecht");
  expect(readdirSync(directory).toSorted()).toEqual(["demo", "launcher.json", "logs", "region", "run"]);
  for (const name of ["demo", "logs", "run"]) {
    expect(statSync(join(directory, name)).mode & 0o777).toBe(0o700);
  }
  await giveBack();
  expect(readdirSync(directory)).not.toContain("launcher.json");
});

test("keeps the data of one region, and says of which one it is", async () => {
  await (
    await takeDataDirectory(folder, "here")
  )();
  await expect(takeDataDirectory(folder, "elsewhere")).rejects.toThrow(
    /of the region here[^]*SCHAKEL_DATA_DIR/,
  );
  await (
    await takeDataDirectory(folder, "here")
  )();
});

test("takes data that does not say of which region it is for that of the default one", async () => {
  mkdirSync(join(folder, "postgres"));
  await expect(takeDataDirectory(folder, "elsewhere")).rejects.toThrow(/of the region utrecht/);
  await (
    await takeDataDirectory(folder, "utrecht")
  )();
});

test("says why it cannot be used, and which setting to change", async () => {
  writeFileSync(join(folder, "file"), "");
  await expect(takeDataDirectory(join(folder, "file", "data"), "utrecht")).rejects.toThrow(
    /cannot be written \(ENOTDIR\)[^]*SCHAKEL_DATA_DIR/,
  );
});
