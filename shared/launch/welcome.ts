// What the operator reads once the hub is ready: where it is, and how to ask it something.

import { relative } from "node:path";
import { DEMO_PASSWORD } from "./demo-issuer/clients";
import { demoOf } from "../region/demo";
import { reachableHost } from "./ports";
import { hasRealIssuers, type LauncherSettings } from "./settings";

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

/** For a shell; plain words stay as they are. */
const quoted = (text: string): string =>
  /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
