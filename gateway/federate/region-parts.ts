// What the gateway derives from the region: holders for the rules, issuers for the door, names for explanations.

import type { OrganisationKind, WorkerFunction } from "../../shared/kernel/codes";
import { DEMO_APP_CLIENT, demoSystemClient } from "../../shared/kernel/token-claims";
import { regionIssuers, type RegionIssuer } from "../../shared/region/issuers";
import { MACHINE_MUTATIONS } from "../../shared/region/machine-mutations";
import { getOrganisation, type Organisation, type Region } from "../../shared/region/region";
import { issuerOf, type Issuer, type MachineClient } from "../identify/issuer";
import { HUB_HOLDER, type Holder } from "../privacy/reduce-facts";

const holderOf = ({ code, kind, legalEntity }: Organisation): Holder => ({ code, kind, legalEntity });

/**
 * Subgraph -> who holds its data; the hub's registers are held by the hub. What an organisation recorded is held, after its
 * last day, by the one that continues its work.
 */
export function holdersOf(region: Region): ReadonlyMap<string, Holder> {
  return new Map([
    ...region.organisations.map((one): [string, Holder] => {
      const { until, continuedBy } = one;
      if (until === undefined || continuedBy === undefined) return [one.code, holderOf(one)];
      const next = holderOf(getOrganisation(region, continuedBy));
      return [one.code, { ...holderOf(one), after: { day: until, holder: next } }];
    }),
    ...region.hubSubgraphs.map((name): [string, Holder] => [name, HUB_HOLDER]),
  ]);
}

/** Seconds that the longest token of the token command lasts. */
const DAY_S = 24 * 60 * 60;

/** By whose rules the system of an organisation of the demo is judged. */
const SYSTEM_FUNCTIONS: Readonly<Partial<Record<OrganisationKind, WorkerFunction>>> = {
  LOCAL_TEAM: "WORKER",
  SAFE_HOME: "ASSESSOR",
  CERTIFIED_AGENCY: "VOLUNTARY_WORKER",
  CHILD_PROTECTION_BOARD: "INVESTIGATOR",
};

/** The system of an organisation of the demo: everything that can be a system's own. */
function demoSystemsOf({ code, kind }: RegionIssuer): ReadonlyMap<string, MachineClient> {
  const workerFunction = SYSTEM_FUNCTIONS[kind];
  const id = demoSystemClient(code);
  return new Map(workerFunction ? [[id, { id, workerFunction, mutations: MACHINE_MUTATIONS }]] : []);
}

/** The issuers of the embedded provider, below `baseUrl`: one for each issuer of the region. */
export function issuersOf(region: Region, baseUrl: string): Issuer[] {
  const base = `${baseUrl.replace(/\/$/, "")}/issuers`;
  return regionIssuers(region).map((one) =>
    issuerOf({
      issuer: `${base}/${one.code}`,
      organisation: one.code,
      kind: one.kind,
      legalEntity: one.legalEntity,
      from: one.from,
      until: one.until,
      signOutAudience: DEMO_APP_CLIENT,
      tokenAgeSeconds: DAY_S,
      clients: demoSystemsOf(one),
    }),
  );
}

/** Subgraph -> its name for people. */
export function namesOf(region: Region): ReadonlyMap<string, string> {
  return new Map(region.organisations.map((one) => [one.code as string, one.name]));
}
