// The region of the demo with messages of the chain switched on: the board is sent requests for inquiry as StUF.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadRegion, type Region } from "../../../shared/region/region";
import type { Party } from "../../../shared/stuf/stuurgegevens";
import { BOARD, SENDER } from "./inquiries";

const FILE = join(__dirname, "..", "..", "..", "shared", "region", "regions", "utrecht.json");

/** Who is named in the messages that tests write, by code. */
const NAMED: Readonly<Record<string, Party>> = { lokalis: SENDER, rvdk: BOARD };

/** The others: 20 digits, in a range that has none of those who are named. */
const partyAt = (index: number): Party => ({
  organisation: `0000009900000010${String(index + 1).padStart(4, "0")}`,
  application: "schakel",
});

/** Writes the file into a folder and gives its place, for SCHAKEL_REGION. */
export function writeStufRegion(folder: string): string {
  const region = JSON.parse(readFileSync(FILE, "utf8")) as { organisations: Record<string, unknown>[] };
  const organisations = region.organisations.map((one, index) => {
    const desk = { name: "Aanmeldpunt", phone: String(one["phone"]) };
    const { organisation: oin, application } = NAMED[String(one["code"])] ?? partyAt(index);
    const chain = { oin, application, caseCode: "0344", desk };
    if (one["code"] !== "rvdk") return { ...one, chain };
    return { ...one, chain, delivery: { kind: "stuf", version: "1.0.9" } };
  });
  const file = join(folder, "utrecht-stuf.json");
  writeFileSync(file, JSON.stringify({ ...region, organisations }));
  return file;
}

/** The region of a file that was written so. */
export const stufRegion = (folder: string): Region => loadRegion(writeStufRegion(folder));
