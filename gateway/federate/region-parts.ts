// What the gateway derives from the region: holders for the rules, issuers for the door, names for explanations.

import { regionIssuers } from "../../shared/region/issuers";
import type { Region } from "../../shared/region/region";
import { issuerOf, type Issuer } from "../identify/issuer";
import { HUB_HOLDER, type Holder } from "../privacy/reduce-facts";

/** Subgraph -> who holds its data; the hub's registers are held by the hub. */
export function holdersOf(region: Region): ReadonlyMap<string, Holder> {
  return new Map([
    ...region.organisations.map((one): [string, Holder] => [
      one.code,
      { code: one.code, kind: one.kind, legalEntity: one.legalEntity },
    ]),
    ...region.hubSubgraphs.map((name): [string, Holder] => [name, HUB_HOLDER]),
  ]);
}

/** Seconds that the longest token of the token command lasts. */
const DAY_S = 24 * 60 * 60;

/** The issuers of the embedded provider, below `baseUrl`: one for each issuer of the region. */
export function issuersOf(region: Region, baseUrl: string): Issuer[] {
  const base = `${baseUrl.replace(/\/$/, "")}/issuers`;
  return regionIssuers(region).map(({ code, kind, legalEntity }) =>
    issuerOf({
      issuer: `${base}/${code}`,
      organisation: code,
      kind,
      legalEntity,
      tokenAgeSeconds: DAY_S,
    }),
  );
}

/** Subgraph -> its name for people. */
export function namesOf(region: Region): ReadonlyMap<string, string> {
  return new Map(region.organisations.map((one) => [one.code as string, one.name]));
}
