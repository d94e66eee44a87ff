// What the gateway derives from the region: holders for the rules, issuers for the door, names for explanations.

import type { Region } from "../../shared/region/region";
import type { Issuer } from "../identify/token";
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

/** The issuers below `baseUrl` that may vouch for workers: one per organisation and one of the hub's operator. */
export function issuersOf(region: Region, baseUrl: string): Issuer[] {
  const issuer = (code: string): string => `${baseUrl.replace(/\/$/, "")}/issuers/${code}`;
  return [
    ...region.organisations.map((one) => ({
      issuer: issuer(one.code),
      organisation: one.code as string,
      kind: one.kind,
      legalEntity: one.legalEntity,
    })),
    { issuer: issuer("hub"), organisation: "hub", kind: "HUB", legalEntity: "hub" },
  ];
}

/** Subgraph -> its name for people. */
export function namesOf(region: Region): ReadonlyMap<string, string> {
  return new Map(region.organisations.map((one) => [one.code as string, one.name]));
}
