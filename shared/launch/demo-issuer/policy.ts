// When somebody has to sign in, or to confirm: the library's rules, and asking a second factor.

import type { interactionPolicy, KoaContextWithOIDC, UnknownObject } from "oidc-provider";
import { DEMO_SECOND_FACTOR } from "../../kernel/token-claims";
import type { OidcLibrary } from "./load-library";

/** What an application may ask of a claim (OpenID Connect Core, 5.5.1). */
interface AskedClaim {
  readonly value?: unknown;
  readonly values?: unknown;
}

/** The claims that an application asks, parsed; the library has refused what is no JSON. */
export function askedClaims(params: UnknownObject): Readonly<Record<string, AskedClaim | null>> {
  if (typeof params["claims"] !== "string") return {};
  const { id_token: inToken = {}, userinfo = {} } = JSON.parse(params["claims"]) as Record<
    string,
    Record<string, AskedClaim | null> | undefined
  >;
  return { ...userinfo, ...inToken };
}

/** Does the application ask that a second factor is used: by `acr_values`, or by a value of the claim `acr`? */
export function asksSecondFactor(params: UnknownObject): boolean {
  const { acr_values: preferred } = params;
  if (typeof preferred === "string" && preferred.split(" ").includes(DEMO_SECOND_FACTOR)) return true;
  const { value, values } = askedClaims(params)["acr"] ?? {};
  return value === DEMO_SECOND_FACTOR || (Array.isArray(values) && values.includes(DEMO_SECOND_FACTOR));
}

/** A session without a second factor does not do for who asks one. */
const lacksSecondFactor = ({ oidc }: KoaContextWithOIDC): boolean =>
  asksSecondFactor(oidc.params ?? {}) && oidc.session?.acr !== DEMO_SECOND_FACTOR;

/** The policy for one provider. */
export function signInPolicy({ interactionPolicy }: OidcLibrary): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy
    .get("login")
    ?.checks.add(
      new interactionPolicy.Check("second_factor", "a second factor was asked", lacksSecondFactor),
    );
  return policy;
}
