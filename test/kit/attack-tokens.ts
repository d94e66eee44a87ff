// Tokens as attackers have them: nobody's, somebody else's, or changed on the way.

import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { decodeJwt, importJWK, SignJWT, type JWK, type JWTPayload } from "jose";
import { KEY_FILES, readKeyFile } from "../../shared/launch/key-files";
import { findPersona } from "./personas";
import type { TokenFault } from "./attack-cases";
import { tokenOf, type HubPlace } from "./hub";

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token with these claims, signed by the demo issuer of an organisation. */
export async function signedAs(place: HubPlace, organisation: string, claims: JWTPayload): Promise<string> {
  const jwk = readKeyFile(join(place.folder, "data", "keys"), KEY_FILES.issuer(organisation)) as JWK;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "ES256", typ: "at+jwt", ...(jwk.kid ? { kid: jwk.kid } : {}) })
    .sign(await importJWK(jwk, "ES256"));
}

/** A true token of somebody else in the function of a persona: of another worker of the employer, or another family member. */
export async function tokenOfAnother(place: HubPlace, code: string, worker: string): Promise<string> {
  return tokenWith(place, code, { sub: worker });
}

/** The token of a persona with other claims, signed by the issuer of its employer. */
export async function tokenWith(place: HubPlace, code: string, change: JWTPayload): Promise<string> {
  const claims = decodeJwt(await tokenOf(place, code));
  return signedAs(place, findPersona(code)?.organisation ?? "", { ...claims, ...change });
}

/** The token of a persona with a fault in it; undefined for none at all. */
export async function faultyToken(
  place: HubPlace,
  code: string,
  fault: TokenFault,
): Promise<string | undefined> {
  const good = await tokenOf(place, code);
  const claims = decodeJwt(good);
  const employer = findPersona(code)?.organisation ?? "";
  switch (fault) {
    case "NONE":
      return undefined;
    case "UNSIGNED":
      return `${part({ alg: "none", typ: "at+jwt" })}.${part(claims)}.`;
    case "SIGNED_BY_ANOTHER":
      // The issuer of another organisation vouches for a worker who is not its own.
      return signedAs(place, employer === "lokalis" ? "save" : "lokalis", claims);
    case "OF_AN_UNKNOWN_ISSUER":
      return new SignJWT({ ...claims, iss: "https://issuer.elders.example" })
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt" })
        .sign(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
    case "FOR_ANOTHER_AUDIENCE":
      return signedAs(place, employer, { ...claims, aud: "https://elders.example" });
    case "EXPIRED":
      return tokenOf(place, code, -60);
    case "OF_ANOTHER_FUNCTION":
      // An issuer vouches for its own workers only in functions that such an organisation has.
      return signedAs(place, employer, {
        ...claims,
        function: claims["function"] === "ASSESSOR" ? "GUARDIAN" : "ASSESSOR",
      });
  }
}
