// A process of its own that reads an export with as little memory as a test allows it: `tsx read-export.ts <folder> <case>...`
// prints how many lines each of these cases has, and last how many people there are.

import { createFilesReader } from "../../shared/sources/files/reader";
import { CSV } from "./dropped-files";
import { pagesOf } from "./people";

async function main([folder = "", ...references]: readonly string[]): Promise<void> {
  const reader = createFilesReader(CSV, { folder });
  await reader.look();
  const found = (await reader.families(references)) as ReadonlyMap<string, { regels: unknown[] }>;
  const counts = Array.from(found, ([name, { regels }]) => [name, regels.length]);
  let people = 0;
  for await (const page of pagesOf((await reader.identities(true)) ?? [])) people += page.length;
  process.stdout.write(JSON.stringify([...counts, ["everybody", people]]));
  await reader.close();
}

void main(process.argv.slice(2));
