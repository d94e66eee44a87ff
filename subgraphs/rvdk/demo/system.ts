// The case system of the Raad sends a message whenever a case changed: an XML file in a folder, in the manner of StUF. It
// knows nothing of the hub.

import { readdir } from "node:fs/promises";
import type { Pool } from "pg";
import { giveFiles, putFile, takeAway } from "../../../shared/demo-system/give-files";
import type { DemoSystem } from "../../../shared/demo-system/run-demo-system";
import { xmlElement, XML_NAMESPACES } from "../../../shared/demo-system/write-xml";

/** How often it looks for messages that were not sent yet, in ms. */
const LOOKS_EVERY_MS = 5_000;

const NAMESPACES = `xmlns="http://www.rvdk.example/zaakdossier/0100" ${XML_NAMESPACES}`;

const nameOf = (reference: string): string => `zaakbericht-${reference}.xml`;
const isMessage = (name: string): boolean => /^zaakbericht-.*\.xml$/.test(name);

/** Puts every message of the system into the folder, and takes away what it does not have any more. */
export async function writeMessages(database: Pool, folder: string): Promise<void> {
  const { rows } = await database.query<{ referentienummer: string; bericht: unknown }>(
    "SELECT referentienummer, bericht FROM zaakbericht ORDER BY tijdstip",
  );
  for (const { referentienummer, bericht } of rows) {
    const message = xmlElement("zaakdossierDi01", bericht, NAMESPACES);
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n${message}\n`;
    await putFile(folder, nameOf(referentienummer), Buffer.from(text, "utf8"));
  }
  const sent = new Set(rows.map(({ referentienummer }) => nameOf(referentienummer)));
  const others = (await readdir(folder)).filter((name) => isMessage(name) && !sent.has(name));
  for (const name of others) await takeAway(folder, name);
}

export const system: DemoSystem = {
  organisation: "rvdk",
  open: ({ settings, database, log }) =>
    giveFiles(
      { settings, log },
      { everyMs: LOOKS_EVERY_MS, give: (folder) => writeMessages(database, folder) },
    ),
};
