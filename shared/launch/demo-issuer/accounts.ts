// The people whom one demo issuer vouches for, and what it says about them.

import type { Account } from "oidc-provider";
import type { Persona } from "../../region/demo";

/** The persona with this id (`sub`) among those of an issuer, if there is one. */
export const findByWorker = (personas: readonly Persona[], worker: string): Persona | undefined =>
  personas.find((one) => one.worker === worker);

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
export function findAccount(personas: readonly Persona[], worker: string): Account | undefined {
  const persona = findByWorker(personas, worker);
  if (!persona) return undefined;
  return { accountId: worker, claims: () => ({ sub: worker, ...claimsAbout(persona) }) };
}
