// The steps of the authorization code flow one by one, for tests that do one of them differently.

import { createHash, randomBytes } from "node:crypto";
import { HUB_RESOURCE } from "../../shared/launch/demo-issuer/clients";
import { issuerUrl } from "../../shared/launch/demo-issuer/issuer-settings";
import type { DemoIssuers, Visited, Visitor } from "./demo-issuers";

/** Where the app of these tests is sent back to; nobody listens there. */
export const RETURN = "http://127.0.0.1:1/signed-in";
export const APP = "schakel-app";
export const PASSWORD = "overvecht-demo";

/** A request for authorization. */
export interface Asked {
  readonly address: URL;
  readonly verifier: string;
}

/** Values to change in a request; undefined leaves one out. */
type Changes = Readonly<Record<string, string | undefined>>;

/** What the app asks at an issuer, with changes. */
export function askAt({ baseUrl }: DemoIssuers, issuer: string, changes: Changes = {}): Asked {
  const verifier = randomBytes(32).toString("base64url");
  const address = new URL(`${issuerUrl(baseUrl, issuer)}/authorize`);
  const asked: Changes = {
    client_id: APP,
    response_type: "code",
    redirect_uri: RETURN,
    scope: "openid",
    resource: HUB_RESOURCE,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    state: "state-of-the-app",
    nonce: "nonce-of-the-app",
    ...changes,
  };
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined) address.searchParams.set(name, value);
  }
  return { address, verifier };
}

/** How somebody fills in the forms. */
export interface Filling {
  readonly password?: string;
  readonly skip?: boolean;
}

/** Fills in the first form. */
export async function enterPassword(
  visitor: Visitor,
  page: Visited,
  persona: string,
  { password = PASSWORD, skip = false }: Filling = {},
): Promise<Visited> {
  return visitor.post(page.action ?? "", { persona, password, ...(skip ? { skip: "yes" } : {}) });
}

/** The code that the second step shows. */
export const shownCode = ({ text }: Visited): string => /id="demo-code">(\d{6})</.exec(text)?.[1] ?? "";

/** Signs in, with the second step where there is one; ends where the app is sent back to. */
export async function signIn(
  visitor: Visitor,
  address: URL,
  persona: string,
  filling: Filling = {},
): Promise<Visited> {
  const page = await visitor.get(address);
  const next = await enterPassword(visitor, page, persona, filling);
  return shownCode(next) === "" ? next : visitor.post(next.action ?? "", { code: shownCode(next) });
}

/** What the app reads off the address that it is sent back to. */
export const returned = ({ url }: Visited): Readonly<Record<string, string>> =>
  url.href.startsWith(RETURN) ? Object.fromEntries(url.searchParams) : {};

/** What an issuer answers to a program. */
export interface Told {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
}

/** Posts a form to an issuer, as a program does. */
export async function tell(
  { baseUrl }: DemoIssuers,
  issuer: string,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const response = await fetch(`${issuerUrl(baseUrl, issuer)}${path}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : (JSON.parse(text) as Told["body"]) };
}

/** The fields with which the app exchanges a code. */
export const exchangeOf = (code: string, verifier: string): Record<string, string> => ({
  grant_type: "authorization_code",
  client_id: APP,
  redirect_uri: RETURN,
  resource: HUB_RESOURCE,
  code,
  code_verifier: verifier,
});

/** Tokens of a whole sign-in. */
export interface Tokens {
  readonly access: string;
  readonly id: string;
  readonly refresh: string;
}

/** Signs in and exchanges the code; throws when the issuer gives no tokens. */
export async function tokensFor(
  issuers: DemoIssuers,
  visitor: Visitor,
  persona: string,
  changes: Changes = {},
  filling: Filling = {},
): Promise<Tokens> {
  const issuer = persona.slice(0, persona.indexOf("."));
  const { address, verifier } = askAt(issuers, issuer, changes);
  const { code = "" } = returned(await signIn(visitor, address, persona, filling));
  return tokensIn(await tell(issuers, issuer, "/token", exchangeOf(code, verifier)));
}

/** The tokens of an answer; throws when it has none. */
export function tokensIn({ status, body }: Told): Tokens {
  const { access_token: access, id_token: id, refresh_token: refresh } = body;
  if (!access || !id || !refresh) throw new Error(`No tokens: ${status} ${body["error"] ?? ""}`);
  return { access, id, refresh };
}

/** The fields with which the app renews its tokens. */
export const renewalOf = (refresh: string): Record<string, string> => ({
  grant_type: "refresh_token",
  client_id: APP,
  resource: HUB_RESOURCE,
  refresh_token: refresh,
});
