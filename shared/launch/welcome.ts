// What the operator reads once the hub is ready: where it is, and how to ask it something.

import { relative } from "node:path";
import { DEMO_PASSWORD } from "./demo-issuer/clients";
import { demoOf } from "../region/demo";
import { waysOf } from "./organisation-systems";
import { reachableHost } from "./ports";
import { hasRealIssuers, type LauncherSettings } from "./settings";

/**
 * The text; `env` tells which settings differ from the defaults and must be repeated for the token command, `distFolder` is
 * the compiled project, in which the organisations declare their systems.
 */
export function welcomeText(settings: LauncherSettings, env: NodeJS.ProcessEnv, distFolder: string): string {
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
    ...systemLines(settings, distFolder),
  ];
  const demo = demoOf(settings.region);
  if (!demo || hasRealIssuers(settings)) return lines.join("\n");
  const { persona, purpose, query } = demo.firstQuery;
  const employer = persona.slice(0, persona.indexOf("."));
  return [
    ...lines,
    `  Token     ${token} ${persona}     (--list shows for whom)`,
    `  Sign in   ${signIn} ${employer}     (in a browser; password: ${DEMO_PASSWORD})`,
    "",
    "  A first query:",
    "",
    `  curl -s ${url} \\`,
    `    -H "Authorization: Bearer $(${token} ${persona})" \\`,
    `    -H 'Purpose: ${purpose}' -H 'Content-Type: application/json' \\`,
    `    -d ${quoted(JSON.stringify({ query }))}`,
    "",
    "  Ctrl-C stops everything.",
  ].join("\n");
}

/** One line for each organisation that runs here: its name, and what its system speaks. */
function systemLines({ region, elsewhere }: LauncherSettings, distFolder: string): string[] {
  const here = region.organisations.filter(({ code }) => !elsewhere.has(code));
  const width = Math.max(0, ...here.map(({ name }) => name.length)) + 2;
  return here.map(
    ({ name, subgraph }, index) =>
      `${(index === 0 ? "  Systems" : "").padEnd(12)}${name.padEnd(width)}${waysOf(distFolder, subgraph)}`,
  );
}

/** For a shell; plain words stay as they are. */
const quoted = (text: string): string =>
  /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
