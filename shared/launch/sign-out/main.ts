// The sign-out command: ends the sessions that were begun from this data directory, at their issuers and so everywhere.

import { readSurroundings, runCommand } from "../sign-in/command-surroundings";
import { IssuerClient } from "../sign-in/issuer-client";
import { readSignOutArguments, SIGN_OUT_USAGE } from "../sign-in/sign-in-arguments";

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function main(): Promise<void> {
  const { organisations, sessions } = readSurroundings(process.env);
  const command = readSignOutArguments(process.argv.slice(2), organisations);
  if (command.kind === "help") {
    print(SIGN_OUT_USAGE);
    return;
  }
  const kept = sessions.list(command.organisation);
  for (const session of kept) {
    const client = await IssuerClient.at(session.issuer);
    await client.end(session.refreshToken);
    sessions.forget(session);
    print(`Signed out of ${session.organisation}.`);
  }
  if (kept.length === 0) print("There is no session to end.");
}

runCommand(main, "Signing out failed.");
