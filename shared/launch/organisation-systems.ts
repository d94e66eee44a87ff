// Which system each organisation of the demo runs, and how its subgraph and that system reach each other: over tables, an
// API, a service, or files in a folder.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { databasePassword } from "./keys";

/** Where the system of an organisation stands, below the folder of its subgraph. */
const SYSTEM_SCRIPT = ["demo", "main.js"] as const;
/** As whom the hub's subgraph asks the systems of the demo. */
const CLIENT = "schakel";
/** Systems of the demo listen where only this machine can reach them. */
const HOST = "127.0.0.1";

/** What is known of a place where an organisation's system can run. */
export interface SystemPlace {
  readonly organisation: string;
  /** Folder of `subgraphs/` that serves it. */
  readonly subgraph: string;
  /** Of the organisation's own database. */
  readonly databaseUrl: string;
  readonly port: number;
  readonly dataDirectory: string;
  readonly keysDirectory: string;
  /** Folder of the compiled project. */
  readonly distFolder: string;
}

/** An organisation's system, and what its subgraph is told of it. */
export interface OrganisationSystem {
  /** Process to start beside the subgraph; undefined where the subgraph reads the database itself. */
  readonly process?: {
    readonly name: string;
    readonly script: string;
    readonly env: Readonly<Record<string, string>>;
    readonly port: number;
    readonly readyUrl: string;
  };
  /** Settings of the subgraph that serves. */
  readonly source: Readonly<Record<string, string>>;
  /** Settings of the subgraph's command `seed`. */
  readonly seed: Readonly<Record<string, string>>;
}

/** How the system of an organisation is started and reached. */
export function systemOf(place: SystemPlace): OrganisationSystem {
  const { organisation, subgraph, databaseUrl, port, distFolder } = place;
  const seed = { SOURCE_DATABASE_URL: databaseUrl };
  if (!hasOwnProcess(distFolder, subgraph)) return { source: seed, seed };
  const secret = databasePassword(place.keysDirectory, `system of ${organisation}`);
  const folder = join(place.dataDirectory, "systems", organisation);
  const url = `http://${HOST}:${port}`;
  return {
    process: {
      name: `${organisation}-system`,
      script: scriptOf(subgraph),
      port,
      readyUrl: `${url}/ready`,
      env: {
        SYSTEM_HOST: HOST,
        SYSTEM_PORT: String(port),
        SYSTEM_DATABASE_URL: databaseUrl,
        SYSTEM_CLIENT: CLIENT,
        SYSTEM_SECRET: secret,
        SYSTEM_FOLDER: folder,
      },
    },
    source: addressOf(sourceIn(distFolder, subgraph).kind, { url, secret, folder }),
    seed,
  };
}

/** How an organisation's system gives what it holds, in a word for people. */
export function waysOf(distFolder: string, subgraph: string): string {
  if (!hasOwnProcess(distFolder, subgraph)) return "PostgreSQL";
  const { kind, format } = sourceIn(distFolder, subgraph);
  return String(kind === "files" ? format : kind).toUpperCase();
}

/** Whether what a folder of `subgraphs/` serves is, in the demo, a system that is a process of its own. */
export const hasOwnProcess = (distFolder: string, subgraph: string): boolean =>
  existsSync(join(distFolder, scriptOf(subgraph)));

const scriptOf = (subgraph: string): string => join("subgraphs", subgraph, ...SYSTEM_SCRIPT);

/** What the mapping file of a folder says of its source; it is checked whole by the subgraph itself. */
function sourceIn(
  distFolder: string,
  subgraph: string,
): { readonly kind?: unknown; readonly format?: unknown } {
  const file = join(distFolder, "subgraphs", subgraph, "mapping", "mapping.yaml");
  const mapping = parse(readFileSync(file, "utf8")) as { readonly source?: object };
  return mapping.source ?? {};
}

function addressOf(
  kind: unknown,
  { url, secret, folder }: { readonly url: string; readonly secret: string; readonly folder: string },
): Readonly<Record<string, string>> {
  switch (kind) {
    case "rest":
      return {
        SOURCE_URL: url,
        SOURCE_TOKEN_URL: `${url}/token`,
        SOURCE_CLIENT_ID: CLIENT,
        SOURCE_CLIENT_SECRET: secret,
      };
    case "soap":
      return { SOURCE_URL: `${url}/soap`, SOURCE_USER: CLIENT, SOURCE_PASSWORD: secret };
    case "files":
      return { SOURCE_FOLDER: folder };
    default:
      throw new Error("A system that is a process of its own is reached by rest, soap or files.");
  }
}
