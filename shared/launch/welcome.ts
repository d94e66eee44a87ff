// What the operator reads once the hub is ready: where it is, and how to ask it something.

import { relative } from "node:path";
import { DEMO_PASSWORD } from "./demo-issuer/clients";
import { reachableHost } from "./ports";
import type { LauncherSettings } from "./settings";

/** A first question for which the demo has an answer: one part is given, one is withheld and explained. */
const FIRST_QUERY =
  '{ family(id: "OVV-06") { id lokalis { carePlan { summary } } save { carePlan { summary } } } }';

/** The text; `env` tells which settings differ from the defaults and must be repeated for the token command. */
export function welcomeText(settings: LauncherSettings, env: NodeJS.ProcessEnv): string {
  const url = `http://${reachableHost(settings.SCHAKEL_HOST)}:${settings.SCHAKEL_PORT}/graphql`;
  const repeated = ["SCHAKEL_PORT", "SCHAKEL_HOST", "SCHAKEL_DATA_DIR", "SCHAKEL_KEYS_DIR", "SCHAKEL_REGION"]
    .filter((name) => env[name])
    .map((name) => `${name}=${quoted(env[name] ?? "")} `)
    .join("");
  const token = `${repeated}npm run --silent token --`;
  const signIn = `${repeated}npm run --silent sign-in --`;
  const lines = [
    `  Gateway   ${url}`,
    `  Data      ${relative(process.cwd(), settings.dataDirectory) || settings.dataDirectory}`,
  ];
  if (settings.SCHAKEL_ISSUER_URL !== undefined || settings.SCHAKEL_ISSUERS_FILE) return lines.join("\n");
  return [
    ...lines,
    `  Token     ${token} lokalis.worker     (--list shows for whom)`,
    `  Sign in   ${signIn} lokalis     (in a browser; password: ${DEMO_PASSWORD})`,
    "",
    "  A first query:",
    "",
    `  curl -s ${url} \\`,
    `    -H "Authorization: Bearer $(${token} lokalis.worker)" \\`,
    "    -H 'Purpose: CARE' -H 'Content-Type: application/json' \\",
    `    -d ${quoted(JSON.stringify({ query: FIRST_QUERY }))}`,
    "",
    "  Ctrl-C stops everything.",
  ].join("\n");
}

/** For a shell; plain words stay as they are. */
const quoted = (text: string): string =>
  /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
