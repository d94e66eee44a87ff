// The issuers of a region out of a file of their own (SCHAKEL_ISSUERS_FILE) or out of the region file: one for each
// organisation, every fault listed. How to write one: docs/signing-in.md.

import { readFileSync } from "node:fs";
import { z } from "zod";
import { SettingsError } from "../../shared/kernel/settings";
import { IssuerEntry } from "../../shared/region/issuer-entry";
import { canBeSystem } from "../../shared/region/machine-mutations";
import { issuerEntries, regionIssuers, type RegionIssuer } from "../../shared/region/issuers";
import type { Region } from "../../shared/region/region";
import { employs } from "../privacy/purposes";
import { issuerOf, type Issuer, type MachineClient } from "./issuer";

const SETTING = "SCHAKEL_ISSUERS_FILE";
const IssuersFile = z.strictObject({ issuers: z.array(IssuerEntry).min(1) });

/** How strict a file is read. */
export interface IssuersFileOptions {
  readonly region: Region;
  /** Demand https of every issuer, as in production. */
  readonly secure: boolean;
}

const mapOf = <T>(values: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(values));

/** Values that stand twice in a list. */
const twice = (values: readonly string[]): string[] => [
  ...new Set(values.filter((one, index) => values.indexOf(one) !== index)),
];

function faultsOf(entry: IssuerEntry, known: RegionIssuer | undefined, secure: boolean): string[] {
  const faults: string[] = [];
  const { issuer, claims, clients } = entry;
  if (!known) faults.push("organisation: is none of this region");
  const url = new URL(issuer);
  if (secure && url.protocol !== "https:") faults.push("issuer: https is needed in production");
  if (/[?#]/.test(issuer) || url.username !== "" || url.password !== "") {
    faults.push("issuer: a URL without query, fragment, name or password is needed");
  }
  if (entry.keysKeptSeconds < entry.keysRefreshSeconds) {
    faults.push("keysKeptSeconds: is less than keysRefreshSeconds");
  }
  const given = [...Object.values(claims.function.values ?? {}), ...clients.map((one) => one.function)];
  const foreign = known ? given.filter((one) => !employs(known.kind, one)) : [];
  for (const one of new Set(foreign)) faults.push(`function ${one}: is none of such an organisation`);
  for (const { function: of } of clients) {
    if (!canBeSystem(of)) faults.push(`clients: no system can be judged as ${of}`);
  }
  if (twice(clients.map((one) => one.id)).length > 0) faults.push("clients: one id stands there twice");
  return faults;
}

function toIssuer(entry: IssuerEntry, { code, kind, legalEntity, from, until }: RegionIssuer): Issuer {
  const { claims, audience, signOutAudience, clients, organisation: _code, ...rest } = entry;
  const { team } = claims;
  const workerFunction = claims.function;
  return {
    ...issuerOf({ issuer: entry.issuer, organisation: code, kind, legalEntity, from, until }),
    ...rest,
    audience,
    signOutAudience: signOutAudience ?? audience,
    worker: claims.worker,
    client: claims.client,
    workerFunction: {
      path: workerFunction.path,
      ...(workerFunction.values ? { values: mapOf(workerFunction.values) } : {}),
    },
    team: {
      path: team?.path ?? ["team"],
      ...(team?.values ? { values: mapOf(team.values) } : {}),
    },
    clients: new Map(
      clients.map(({ id, function: of, mutations, certificateBound: isBound }): [string, MachineClient] => [
        id,
        { id, workerFunction: of, mutations, ...(isBound ? { isBound } : {}) },
      ]),
    ),
  };
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const cause = error instanceof SyntaxError ? "it is not JSON" : (error as NodeJS.ErrnoException).code;
    throw new SettingsError([`${SETTING}: cannot be read (${cause})`]);
  }
}

/** The issuers in what a file holds; throws a SettingsError that lists every fault, by its place. */
export function readIssuers(content: unknown, options: IssuersFileOptions): Issuer[] {
  const read = IssuersFile.safeParse(content);
  if (!read.success) {
    throw new SettingsError(
      read.error.issues.map(({ path, message }) => `${SETTING}: ${path.join(".")}: ${message}`),
    );
  }
  return checked(read.data.issuers, options, SETTING, (_entry, index) => `${SETTING}: issuers.${index}.`);
}

/** The issuers in the region file; none where it names none. Throws a SettingsError that lists every fault. */
export function readRegionIssuers(options: IssuersFileOptions): Issuer[] {
  const setting = "SCHAKEL_REGION";
  return checked(
    issuerEntries(options.region),
    options,
    setting,
    ({ organisation }) => `${setting}: issuer of ${organisation}: `,
  );
}

function checked(
  issuers: readonly IssuerEntry[],
  { region, secure }: IssuersFileOptions,
  setting: string,
  placeOf: (entry: IssuerEntry, index: number) => string,
): Issuer[] {
  const known = new Map(regionIssuers(region).map((one) => [one.code, one]));
  const faults = issuers.flatMap((entry, index) =>
    faultsOf(entry, known.get(entry.organisation), secure).map((fault) => `${placeOf(entry, index)}${fault}`),
  );
  // The employer follows from the issuer, so each has one of its own.
  for (const field of ["organisation", "issuer"] as const) {
    const values = issuers.map((one) => one[field].replace(/\/$/, ""));
    if (twice(values).length > 0) faults.push(`${setting}: two issuers have the same ${field}`);
  }
  if (faults.length > 0) throw new SettingsError(faults);
  return issuers.flatMap((entry) => {
    const found = known.get(entry.organisation);
    return found ? [toIssuer(entry, found)] : [];
  });
}

/** The issuers in a file of JSON; throws a SettingsError that lists every fault. */
export function readIssuersFile(file: string, options: IssuersFileOptions): Issuer[] {
  return readIssuers(contentOf(file), options);
}
