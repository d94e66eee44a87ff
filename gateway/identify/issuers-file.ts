// The issuers of a region out of a file (SCHAKEL_ISSUERS_FILE): one for each organisation, every fault of it listed. How to
// write one: docs/signing-in.md.

import { readFileSync } from "node:fs";
import { z } from "zod";
import { WorkerFunction } from "../../shared/kernel/codes";
import { SettingsError } from "../../shared/kernel/settings";
import { ACCESS_TOKEN_TYPE, SECOND_FACTOR_ACR, TOKEN_AUDIENCE } from "../../shared/kernel/token-claims";
import { regionIssuers, type RegionIssuer } from "../../shared/region/issuers";
import type { Region } from "../../shared/region/region";
import { employs } from "../privacy/purposes";
import {
  DEFAULT_CLOCK_SKEW_S,
  DEFAULT_KEYS_KEPT_S,
  DEFAULT_KEYS_REFRESH_S,
  DEFAULT_TOKEN_AGE_S,
  TOKEN_ALGORITHMS,
  issuerOf,
  type Issuer,
  type MachineClient,
} from "./issuer";
import { MACHINE_MUTATIONS, canBeSystem } from "./machine-mutations";

const SETTING = "SCHAKEL_ISSUERS_FILE";
const DAY_S = 24 * 60 * 60;

const text = () => z.string().min(1).max(500);
const seconds = (least: number, most: number, byDefault: number) =>
  z.number().int().min(least).max(most).default(byDefault);
const functions = z.enum(Object.keys(WorkerFunction) as [WorkerFunction, ...WorkerFunction[]]);

/** One name, or names from the outside in; a name may have points and slashes of its own. */
const ClaimPath = z
  .union([text(), z.array(text()).min(1).max(5)])
  .transform((path) => (typeof path === "string" ? [path] : path));

const mapped = <T extends z.ZodType<string>>(values: T) =>
  z.strictObject({ path: ClaimPath, values: z.record(text(), values).optional() });

const Client = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,89}$/, "1 to 90 letters, digits and ._:@-"),
  function: functions,
  mutations: z.array(z.enum(MACHINE_MUTATIONS as [string, ...string[]])).min(1),
  certificateBound: z.boolean().default(false),
});

const IssuerEntry = z.strictObject({
  organisation: text(),
  issuer: z.url({ protocol: /^https?$/, error: "the URL that stands in `iss`" }),
  audience: text().default(TOKEN_AUDIENCE),
  signOutAudience: text().optional(),
  algorithms: z.array(z.enum(TOKEN_ALGORITHMS)).min(1),
  types: z.array(text().toLowerCase()).min(1).default([ACCESS_TOKEN_TYPE]),
  claims: z
    .strictObject({
      worker: ClaimPath.default(["sub"]),
      function: mapped(functions).default({ path: ["function"] }),
      team: mapped(text()).optional(),
      client: ClaimPath.default(["client_id"]),
    })
    .prefault({}),
  secondFactor: z.array(text()).default([...SECOND_FACTOR_ACR]),
  clockSkewSeconds: seconds(0, 120, DEFAULT_CLOCK_SKEW_S),
  tokenAgeSeconds: seconds(60, DAY_S, DEFAULT_TOKEN_AGE_S),
  keysRefreshSeconds: seconds(1, DAY_S, DEFAULT_KEYS_REFRESH_S),
  keysKeptSeconds: seconds(1, DAY_S, DEFAULT_KEYS_KEPT_S),
  clients: z.array(Client).default([]),
});
type IssuerEntry = z.infer<typeof IssuerEntry>;

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
export function readIssuers(content: unknown, { region, secure }: IssuersFileOptions): Issuer[] {
  const read = IssuersFile.safeParse(content);
  if (!read.success) {
    throw new SettingsError(
      read.error.issues.map(({ path, message }) => `${SETTING}: ${path.join(".")}: ${message}`),
    );
  }
  const { issuers } = read.data;
  const known = new Map(regionIssuers(region).map((one) => [one.code, one]));
  const faults = issuers.flatMap((entry, index) =>
    faultsOf(entry, known.get(entry.organisation), secure).map(
      (fault) => `${SETTING}: issuers.${index}.${fault}`,
    ),
  );
  // The employer follows from the issuer, so each has one of its own.
  for (const field of ["organisation", "issuer"] as const) {
    const values = issuers.map((one) => one[field].replace(/\/$/, ""));
    if (twice(values).length > 0) faults.push(`${SETTING}: two issuers have the same ${field}`);
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
