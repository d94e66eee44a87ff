// The administration of the William Schrikker Stichting gives others one thing: every night a CSV file with all that it has.
// It knows nothing of the hub.

import { readdir } from "node:fs/promises";
import type { Pool } from "pg";
import { giveFiles, putFile, takeAway } from "../../../shared/demo-system/give-files";
import type { DemoSystem } from "../../../shared/demo-system/run-demo-system";
import { csvLine } from "../../../shared/demo-system/write-csv";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import { encodeWindows1252 } from "../../../shared/sources/text-encoding";

/** How often it looks whether another day has begun, in ms. */
const LOOKS_EVERY_MS = 60_000;
/** Nights of which the export stays. */
const KEEPS = 3;

const nameOf = (day: PlainDate): string => `wss-export-${day.replaceAll("-", "")}.csv`;
const isExport = (name: string): boolean => /^wss-export-\d+\.csv$/.test(name);

/** Writes the export of a day: names, lines, and how many lines there are. */
export async function writeExport(database: Pool, folder: string, day: PlainDate): Promise<void> {
  const { fields, rows } = await database.query<Record<string, string | null>>(
    "SELECT * FROM export_regel ORDER BY dossiernummer, length(volgnr), volgnr",
  );
  const names = fields.map(({ name }) => name);
  const exportdatum = day.split("-").toReversed().join("-");
  const lines = rows.map((row) => csvLine(names.map((name) => ({ ...row, exportdatum })[name] ?? null)));
  const text = [csvLine(names), ...lines, csvLine(["#EINDE", String(lines.length)])].join("");
  await putFile(folder, nameOf(day), encodeWindows1252(text));
  const exports = (await readdir(folder)).filter(isExport).toSorted();
  for (const old of exports.slice(0, -KEEPS)) await takeAway(folder, old);
}

/** At its start it gives the export of today, whatever was given before; then one for each day that begins. */
export const system: DemoSystem = {
  organisation: "wss",
  open: ({ settings, database, log }) => {
    let given: PlainDate | undefined;
    return giveFiles(
      { settings, log },
      {
        everyMs: LOOKS_EVERY_MS,
        give: async (folder) => {
          const day = today();
          if (day === given) return;
          await writeExport(database, folder, day);
          given = day;
        },
      },
    );
  },
};
