// The token command: prints a token for a persona of the demo on standard output, all else on standard error.

import { keysDirectory } from "../../kernel/service-settings";
import { readSettings, SettingsError } from "../../kernel/settings";
import { neverInProduction } from "../../production/no-demo";
import { personasOf, type Persona } from "../../region/demo";
import { checkRegion } from "../../region/named-settings";
import { loadRegion } from "../../region/region";
import { IssuerEnvironment, issuerBaseUrl } from "../demo-issuer/issuer-settings";
import { LaunchError } from "../launch-error";
import { mintToken } from "./mint-token";
import { ArgumentError, readTokenArguments, USAGE } from "./token-arguments";

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function personaTable(personas: readonly Persona[]): string {
  const rows = personas.map((one) => [one.code, one.organisation, one.workerFunction, one.description]);
  const all = [["PERSONA", "ORGANISATION", "FUNCTION", "WHO"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)) + 2);
  return all.map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("")).join("\n");
}

async function main(): Promise<void> {
  const settings = readSettings(IssuerEnvironment, process.env, [
    checkRegion,
    neverInProduction("there are no personas to make tokens for"),
  ]);
  const personas = personasOf(loadRegion(settings.SCHAKEL_REGION));
  const command = readTokenArguments(process.argv.slice(2), personas);
  if (command.kind === "help") {
    print(USAGE);
    return;
  }
  if (command.kind === "list") {
    print(personaTable(personas));
    return;
  }
  const token = await mintToken({
    persona: command.persona,
    lifetimeSeconds: command.lifetimeSeconds,
    keysDirectory: keysDirectory(settings),
    issuerBaseUrl: issuerBaseUrl(settings),
  });
  print(token);
}

main().catch((error: unknown) => {
  const wrongUse = error instanceof ArgumentError || error instanceof SettingsError;
  const known = wrongUse || error instanceof LaunchError;
  const text = known ? error.message : "The token could not be made.";
  const hint =
    error instanceof LaunchError
      ? "\nThe keys are made by the first npm start with this data directory."
      : "";
  process.stderr.write(`${text}${hint}\n`);
  process.exitCode = wrongUse ? 2 : 1;
});
