// The sign-in command: prints a token for the hub on standard output, all else on standard error.

import type { Persona } from "../../region/demo";
import { DEMO_PASSWORD } from "../demo-issuer/clients";
import { SIGN_IN_S } from "../demo-issuer/lifetimes";
import { awaitBrowser } from "./browser-return";
import { readSurroundings, runCommand, type CommandSurroundings } from "./command-surroundings";
import { IssuerClient, type Session } from "./issuer-client";
import { readSignInArguments, SIGN_IN_USAGE } from "./sign-in-arguments";
import { SignInError } from "./sign-in-error";
import { walkForms } from "./walk-forms";

/** A redirect address of the program that nobody listens on: a script reads the answer off the redirect itself. */
const UNUSED_REDIRECT = "http://127.0.0.1/signed-in";

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

async function inBrowser(client: IssuerClient, secondFactor: boolean): Promise<Session> {
  const browser = await awaitBrowser();
  try {
    const { address, state, complete } = await client.begin(browser.redirectUri, secondFactor);
    const answer = browser.answer(state, SIGN_IN_S * 1000);
    say(`Open this address in a browser on this machine and sign in (password: ${DEMO_PASSWORD}):\n`);
    say(`${address.href}\n`);
    return await complete(await answer);
  } finally {
    browser.stop();
  }
}

async function byScript(client: IssuerClient, { code, secondFactor }: Persona): Promise<Session> {
  const { address, complete } = await client.begin(UNUSED_REDIRECT, false);
  const filler = { persona: code, password: DEMO_PASSWORD, skipSecondFactor: !secondFactor };
  return complete(await walkForms(address, UNUSED_REDIRECT, filler));
}

async function renewed({ sessions }: CommandSurroundings, organisation: string | undefined): Promise<string> {
  const [latest] = sessions.list(organisation);
  if (!latest) throw new SignInError("There is no session to renew; sign in first.");
  const client = await IssuerClient.at(latest.issuer);
  const { accessToken, refreshToken } = await client.renew(latest.refreshToken);
  sessions.keep({ ...latest, refreshToken });
  return accessToken;
}

async function main(): Promise<void> {
  const surroundings = readSurroundings(process.env);
  const command = readSignInArguments(process.argv.slice(2), surroundings);
  if (command.kind === "help") {
    process.stdout.write(`${SIGN_IN_USAGE}\n`);
    return;
  }
  if (command.kind === "renew") {
    process.stdout.write(`${await renewed(surroundings, command.organisation)}\n`);
    return;
  }
  const organisation = command.kind === "script" ? command.persona.organisation : command.organisation;
  const issuer = surroundings.issuerOf(organisation);
  const client = await IssuerClient.at(issuer);
  const { sid, accessToken, refreshToken } =
    command.kind === "script"
      ? await byScript(client, command.persona)
      : await inBrowser(client, command.secondFactor);
  surroundings.sessions.keep({ organisation, issuer, sid, refreshToken });
  process.stdout.write(`${accessToken}\n`);
}

runCommand(main, "Signing in failed.");
