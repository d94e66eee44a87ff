// What signing in and signing out have in common as commands: settings, issuers, and how they end when they cannot.

import { resolve } from "node:path";
import { readSettings, SettingsError } from "../../kernel/settings";
import { personasOf, type Persona } from "../../region/demo";
import { issuerEntries, regionIssuers } from "../../region/issuers";
import { checkRegion } from "../../region/named-settings";
import { loadRegion } from "../../region/region";
import { IssuerEnvironment, issuerBaseUrl, issuerUrl } from "../demo-issuer/issuer-settings";
import { KeptSessions } from "./kept-sessions";
import { ArgumentError } from "./sign-in-arguments";
import { SignInError } from "./sign-in-error";

/** Where the issuers and the kept sessions are. */
export interface CommandSurroundings {
  readonly organisations: readonly string[];
  readonly personas: readonly Persona[];
  readonly sessions: KeptSessions;
  /** Where the issuer of this organisation stands. Throws a SignInError when it is the organisation's own. */
  issuerOf(organisation: string): string;
}

/** Reads them from the environment; throws a SettingsError that lists every fault. */
export function readSurroundings(env: NodeJS.ProcessEnv): CommandSurroundings {
  const settings = readSettings(IssuerEnvironment, env, [checkRegion]);
  const baseUrl = issuerBaseUrl(settings);
  const region = loadRegion(settings.SCHAKEL_REGION);
  return {
    organisations: regionIssuers(region).map(({ code }) => code),
    personas: personasOf(region),
    sessions: new KeptSessions(resolve(settings.SCHAKEL_DATA_DIR)),
    issuerOf: (organisation) => {
      const inRegion = issuerEntries(region).length > 0;
      if (!settings.SCHAKEL_ISSUERS_FILE && !inRegion) return issuerUrl(baseUrl, organisation);
      throw new SignInError(
        "SCHAKEL_ISSUERS_FILE, or the region file, names the organisations' own issuers; this command signs in at the demo issuers.",
      );
    },
  };
}

/** Runs a command; a fault that the user can act on is one sentence. Exit code 2 for wrong use, 1 for anything else. */
export function runCommand(command: () => Promise<void>, failed: string): void {
  command().catch((error: unknown) => {
    const wrongUse = error instanceof ArgumentError || error instanceof SettingsError;
    const text = wrongUse || error instanceof SignInError ? error.message : failed;
    process.stderr.write(`${text}\n`);
    process.exitCode = wrongUse ? 2 : 1;
  });
}
