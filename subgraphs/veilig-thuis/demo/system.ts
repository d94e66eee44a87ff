// The case system of Veilig Thuis: dossiers in a database, and an API for others that openapi.yaml describes. It knows
// nothing of the hub.

import { readFileSync } from "node:fs";
import path from "node:path";
import type { Pool } from "pg";
import { BadQuestion, createJsonApi, type Page } from "../../../shared/demo-system/json-api";
import type { DemoSystem } from "../../../shared/demo-system/run-demo-system";
import { PERSONS } from "./people";

/** Dossiers, and persons, on a page. */
const DOSSIERS = 25;
const PEOPLE = 500;

export const system: DemoSystem = {
  organisation: "veilig-thuis",
  open: ({ database, settings: { SYSTEM_CLIENT: id, SYSTEM_SECRET: secret = "" } }) => ({
    handle: createJsonApi(
      {
        description: readFileSync(path.join(__dirname, "openapi.yaml"), "utf8"),
        afterParameter: "na",
        collections: {
          "/dossiers": async (query) => giveDossiers(database, query),
          "/personen": async (query) => givePeople(database, query),
        },
      },
      { id, secret },
    ),
  }),
};

async function giveDossiers(database: Pool, query: URLSearchParams): Promise<Page> {
  const numbers = query.get("nummers");
  if (numbers === null) throw new BadQuestion("nummers is needed.");
  const { rows } = await database.query<{ dossiernummer: string; document: object }>(
    `SELECT dossiernummer, document FROM meldingsdossier
      WHERE dossiernummer = ANY ($1) AND dossiernummer > $2 ORDER BY dossiernummer LIMIT $3`,
    [numbers.split(","), query.get("na") ?? "", DOSSIERS],
  );
  const dossiers = rows.map(({ document }) => document);
  return { body: { dossiers }, after: rows.length < DOSSIERS ? undefined : rows.at(-1)?.dossiernummer };
}

/** By the day on which the dossier was opened: what changes between two pages shifts nobody. */
async function givePeople(database: Pool, query: URLSearchParams): Promise<Page> {
  const { rows } = await database.query<{ persoon: object; plaats: string }>(
    `SELECT jsonb_build_object('dossiernummer', m.dossiernummer, 'nr', p->'nr', 'bsn', p->'bsn') AS persoon,
            concat_ws('_', m.document #>> '{casus,aangemaakt}', m.dossiernummer, lpad(p->>'nr', 6, '0')) AS plaats
       FROM ${PERSONS}
      WHERE concat_ws('_', m.document #>> '{casus,aangemaakt}', m.dossiernummer, lpad(p->>'nr', 6, '0')) > $1
      ORDER BY plaats LIMIT $2`,
    [query.get("na") ?? "", PEOPLE],
  );
  const personen = rows.map(({ persoon }) => persoon);
  return { body: { personen }, after: rows.length < PEOPLE ? undefined : rows.at(-1)?.plaats };
}
