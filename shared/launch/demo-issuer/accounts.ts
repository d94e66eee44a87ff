// The people whom one demo issuer vouches for, and what it says about them.

import type { Account } from "oidc-provider";
import { PERSONAS, type Persona } from "../../region/personas";

/** The personas of an issuer; it knows no others. */
export const personasOf = (issuer: string): Persona[] =>
  PERSONAS.filter(({ organisation }) => organisation === issuer);

/** The persona of this issuer with this id (`sub`), if there is one. */
export const findByWorker = (issuer: string, worker: string): Persona | undefined =>
  personasOf(issuer).find((one) => one.worker === worker);

/** The claims about a person that the hub's tokens carry, and that an application may ask one by one. */
export const claimsAbout = ({ workerFunction }: Persona): Readonly<Record<string, string>> => ({
  function: workerFunction,
});

/** Names of claims that may be asked, with what they say in Dutch and in English. */
export const CLAIM_WORDS: Readonly<Record<string, { readonly nl: string; readonly en: string }>> = {
  function: { nl: "uw functie", en: "your function" },
  acr: { nl: "of u een tweede factor gebruikte", en: "whether you used a second factor" },
  amr: { nl: "hoe u inlogde", en: "how you signed in" },
  auth_time: { nl: "wanneer u inlogde", en: "when you signed in" },
};

/** As the library asks for it. */
export function findAccount(issuer: string, worker: string): Account | undefined {
  const persona = findByWorker(issuer, worker);
  if (!persona) return undefined;
  return { accountId: worker, claims: () => ({ sub: worker, ...claimsAbout(persona) }) };
}
