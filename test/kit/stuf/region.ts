// The region of the demo with messages of the chain switched on: the board is sent requests for inquiry as StUF.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadRegion, type Region } from "../../../shared/region/region";
import { BOARD, SENDER } from "./inquiries";

const FILE = join(__dirname, "..", "..", "..", "shared", "region", "regions", "utrecht.json");

/** Writes the file into a folder and gives its place, for SCHAKEL_REGION. */
export function writeStufRegion(folder: string): string {
  const region = JSON.parse(readFileSync(FILE, "utf8")) as { organisations: Record<string, unknown>[] };
  const organisations = region.organisations.map((one, index) => {
    const desk = { name: "Aanmeldpunt", phone: String(one["phone"]) };
    const oin = `0000009900000000${index + 1}000`;
    const chain = { oin, application: "schakel", caseCode: "0344", desk };
    if (one["code"] !== "rvdk") return { ...one, chain };
    const known = { ...chain, oin: BOARD.organisation, application: BOARD.application };
    return { ...one, chain: known, delivery: { kind: "stuf", version: "1.0.9" } };
  });
  const file = join(folder, "utrecht-stuf.json");
  writeFileSync(file, JSON.stringify({ ...region, organisations }));
  return file;
}

/** The region of a file that was written so. */
export const stufRegion = (folder: string): Region => loadRegion(writeStufRegion(folder));

/** Lokalis is the first, and known as the sender of the requests that tests write. */
export const LOKALIS_OIN = SENDER.organisation;
