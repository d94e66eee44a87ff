// The operator is told about errors, in one sentence each; the rest stays in the log file.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { errorIn, openServiceLog } from "../../../shared/launch/service-log";

test.each([
  ['{"level":30,"msg":"listening"}', undefined],
  ['{"level":40,"msg":"not ready"}', undefined],
  ['{"level":50,"msg":"resolver failed","error":{"name":"Error","code":"57P01"}}', "resolver failed - 57P01"],
  ['{"level":60,"msg":"could not start","error":{"name":"TypeError"}}', "could not start - TypeError"],
  ['{"level":60,"msg":"wrong settings","faults":["A: x","B: y"]}', "wrong settings - A: x - B: y"],
  ["TypeError: x is not a function", "TypeError: x is not a function"],
  ["    at Module._compile (node:internal)", undefined],
  ["(node:1) Warning: something", undefined],
  ["", undefined],
])("%s", (line, sentence) => {
  expect(errorIn(line)).toBe(sentence);
});

test("writes every line to the file and tells of the errors", async () => {
  const folder = mkdtempSync(join(tmpdir(), "schakel-log-"));
  const told: string[] = [];
  const log = openServiceLog(folder, "families", (sentence) => told.push(sentence));
  const stream = new PassThrough();
  log.follow(stream);
  stream.end('{"level":30,"msg":"fine"}\n{"level":50,"msg":"broken"}\nlast without an end');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await log.close();
  expect(told).toEqual(["families: broken"]);
  expect(readFileSync(join(folder, "families.log"), "utf8").split("\n")).toEqual([
    '{"level":30,"msg":"fine"}',
    '{"level":50,"msg":"broken"}',
    "last without an end",
    "",
  ]);
  rmSync(folder, { recursive: true });
});
