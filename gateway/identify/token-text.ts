// Reads the text of a token before anything is verified, at little cost: what is too large, has other parts than a signed
// token, or says something twice, ends here.

import { SchakelError } from "../../shared/kernel/errors";

/** Longest token that is looked at; those of organisations have a tenth of it. */
export const MOST_TOKEN_CHARACTERS = 8_192;
/** Header, payload, signature (RFC 7515, 7.1); an encrypted token has five parts. */
const PARTS = 3;
/** Longest name of a key. */
const MOST_KID_CHARACTERS = 200;

/** An object out of a token; nobody has vouched for it yet. */
export type Unverified = Readonly<Record<string, unknown>>;

/** The two parts of a token that say something. */
export interface TokenText {
  readonly header: Unverified;
  readonly payload: Unverified;
}

const invalid = (reason: string): SchakelError => new SchakelError("TOKEN_INVALID", { reason });

/** Header and payload of a token. Throws TOKEN_INVALID; `reason` says what is wrong with its form. */
export function readTokenText(token: string): TokenText {
  if (token.length > MOST_TOKEN_CHARACTERS) throw invalid("size");
  const parts = token.split(".", PARTS + 1);
  const [header, payload] = parts;
  if (parts.length !== PARTS || !header || !payload) throw invalid("form");
  const text = { header: readPart(header), payload: readPart(payload) };
  const { kid } = text.header;
  const isName = kid === undefined || (typeof kid === "string" && kid.length <= MOST_KID_CHARACTERS);
  if (!isName) throw invalid("kid");
  return text;
}

function readPart(part: string): Unverified {
  const text = Buffer.from(part, "base64url").toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("form");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("form");
  if (membersIn(text) !== membersOf(value)) throw invalid("duplicate");
  return value as Unverified;
}

/** A string of JSON, and the colon that makes it the name of a member. */
const STRING_OF_JSON = /"(?:[^"\\]|\\.)*"(\s*:)?/gs;

/** How many members the text of JSON has, those of one name each by itself. */
function membersIn(text: string): number {
  let found = 0;
  for (const [, colon] of text.matchAll(STRING_OF_JSON)) if (colon !== undefined) found += 1;
  return found;
}

/** How many members are left once it is read: of those with one name, the last. */
function membersOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inside: unknown[] = Object.values(value);
  const own = Array.isArray(value) ? 0 : inside.length;
  let found = own;
  for (const one of inside) found += membersOf(one);
  return found;
}
