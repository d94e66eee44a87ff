// A process of its own that reads an export with as little memory as a test allows it: `tsx read-export.ts <folder> <case>...`
// prints how many lines each of these cases has.

import { createFilesReader } from "../../shared/sources/files/reader";
import { CSV } from "./dropped-files";

async function main([folder = "", ...references]: readonly string[]): Promise<void> {
  const reader = createFilesReader(CSV, { folder });
  await reader.look();
  const found = (await reader.families(references)) as ReadonlyMap<string, { regels: unknown[] }>;
  process.stdout.write(JSON.stringify(Array.from(found, ([name, { regels }]) => [name, regels.length])));
  await reader.close();
}

void main(process.argv.slice(2));
