// A region file that names the issuers of its organisations.

import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRegionFile } from "../../shared/region/region-file";

/** Writes the region Utrecht with an issuer of its first organisation into a folder, and returns the file. */
export function writeRegionWithIssuers(
  folder: string,
  issuer: object = { issuer: "https://login.lokalis.example", algorithms: ["PS256"] },
  beside: readonly object[] = [],
): string {
  const { organisations, ...region } = readRegionFile("utrecht");
  const [first, ...rest] = organisations;
  const file = join(folder, `region-${randomUUID()}.json`);
  writeFileSync(
    file,
    JSON.stringify({ ...region, issuers: beside, organisations: [{ ...first, issuer }, ...rest] }),
  );
  return file;
}
