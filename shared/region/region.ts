// A region: which organisations take part, what they are in law, and under which names they are connected.

import type { WorkerFunction } from "../kernel/codes";
import type { MemberKind } from "../kernel/member-kinds";
import { toOrganisationCode, type OrganisationCode } from "../kernel/ids";
import type { PlainDate } from "../kernel/plain-date";
import type { IssuerEntry, OwnIssuerEntry } from "./issuer-entry";
import type { RegionNorms } from "./referral-norms";
import { findRegionFolder, readRegionText, type ChainParty, type Delivery } from "./region-file";

/** One organisation of the region. */
export interface Organisation {
  /** Also the name of its subgraph and its source database. */
  readonly code: OrganisationCode;
  readonly name: string;
  readonly kind: MemberKind;
  /** Organisations of one legal entity share this code: neither is a ground for the other (H6). */
  readonly legalEntity: string;
  /** The field that it adds to Family and Person. */
  readonly field: string;
  /** Where workers can phone it. */
  readonly phone: string;
  /** Who in it answers for its connected service: a role or a department, no person. */
  readonly owner?: string | undefined;
  /** Mail address about that service, of no person. */
  readonly contact?: string | undefined;
  /** Folder of `subgraphs/` that serves it: its own, or that of a package that more than one organisation runs. */
  readonly subgraph: string;
  /** Where its subgraph answers; SCHAKEL_SUBGRAPH_URL_<CODE> says otherwise. On this machine where neither says it. */
  readonly url?: string | undefined;
  /** Where its own system hears of referrals; SCHAKEL_WEBHOOK_URL_<CODE> says otherwise. */
  readonly deliverTo?: string | undefined;
  /** It joins others and is joined, and never hands a family over. */
  readonly keepsFamilies: boolean;
  /** First and last day on which it takes part; from the beginning, or without an end, when left out. */
  readonly from?: PlainDate | undefined;
  readonly until?: PlainDate | undefined;
  /** Code of the organisation that took over its work and its files after its last day. */
  readonly continuedBy?: OrganisationCode | undefined;
  /** Who vouches for its people, where the region file says it. */
  readonly issuer?: OwnIssuerEntry | undefined;
  /** How it is known in the messages of the chain (StUF). */
  readonly chain?: ChainParty | undefined;
  /** By what way requests for inquiry reach it, beside its inbox in the hub. */
  readonly delivery?: Delivery | undefined;
}

/** A team of people of one organisation, or of several that work as one. */
export interface RegionTeam {
  readonly code: string;
  readonly name: string;
  readonly organisations: readonly string[];
}

/** A region and its subgraphs, in the order of their ports. */
export interface Region {
  readonly code: string;
  readonly name: string;
  readonly organisations: readonly Organisation[];
  /**
   * Who decides on a consultation about a referral whose term ran out (voorzitter): a function, and the issuer that
   * vouches for it. The rules have to open REFERRAL_QUEUE to that function as well.
   */
  readonly consultationChair: { readonly organisation: string; readonly workerFunction: WorkerFunction };
  /**
   * How long a family may wait in all, over all its referrals (doorlooptijd): calendar days after which is warned, and
   * after which is escalated, and again for each time as long. A proposal that the region settles.
   */
  readonly familyWait: { readonly warnDays: number; readonly normDays: number };
  /** Within what time kinds of referral are decided, where the region settled it; else by `DEFAULT_NORMS`. */
  readonly norms: RegionNorms;
  /** The teams that there are; of an organisation that is in none of them, any name is a team. */
  readonly teams: readonly RegionTeam[];
  /** Who vouches for people beside those of the organisations, where the region file says it. */
  readonly issuers: readonly IssuerEntry[];
  /** The hub's own subgraphs. */
  readonly hubSubgraphs: readonly string[];
  /** Where its supergraph and its demo (see demo.ts) lie; absent when it has neither of its own. */
  readonly folder?: string;
  /** Its file as it was read. */
  readonly text: string;
}

/** The region that is used when none is named. */
export const DEFAULT_REGION = "utrecht";

const loaded = new Map<string, Region>();

/**
 * The region with this code, or that of a file when it ends in `.json`; read once. Throws a RangeError that lists every
 * fault of the file, or names the known regions.
 */
export function loadRegion(code: string): Region {
  const known = loaded.get(code);
  if (known) return known;
  const { text, entry } = readRegionText(code);
  const { folder: name, ...file } = entry;
  const folder = name === undefined ? undefined : findRegionFolder(code, name);
  const region = {
    ...file,
    text,
    ...(folder === undefined ? {} : { folder }),
    organisations: file.organisations.map((one) => ({
      ...one,
      code: toOrganisationCode(one.code),
      subgraph: one.subgraph ?? one.code,
      keepsFamilies: one.keepsFamilies ?? false,
      continuedBy: one.continuedBy === undefined ? undefined : toOrganisationCode(one.continuedBy),
    })),
  };
  loaded.set(code, region);
  return region;
}

/** The region with this code, or undefined when it cannot be loaded: then `checkRegion` says why. */
export function findRegion(code: string | undefined): Region | undefined {
  try {
    return code === undefined ? undefined : loadRegion(code);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Names of all subgraphs of a region, organisations first; the index is the offset of the port. */
export function subgraphNames(region: Region): string[] {
  return [...region.organisations.map((one) => one.code as string), ...region.hubSubgraphs];
}

/** Codes of the teams of an organisation; none where any name is a team. */
export const teamsOf = ({ teams }: Region, organisation: string): string[] =>
  teams.filter(({ organisations }) => organisations.includes(organisation)).map(({ code }) => code);

/** Does an organisation take part on this day? Before and after it, it sends and receives nothing and nobody asks for it. */
export const takesPart = ({ from, until }: Organisation, day: PlainDate): boolean =>
  (from === undefined || from <= day) && (until === undefined || day <= until);

/** Folder of `subgraphs/` with the code of this subgraph of the region. */
export function subgraphFolder(region: Region, name: string): string {
  return region.organisations.find((one) => (one.code as string) === name)?.subgraph ?? name;
}

/** The folders of `subgraphs/` that serve a region, each once. */
export const subgraphFolders = (region: Region): string[] => [
  ...new Set(subgraphNames(region).map((name) => subgraphFolder(region, name))),
];

/** `veilig-thuis` -> `VeiligThuis`: how an organisation's types begin. */
export const typePrefix = (code: string): string =>
  code
    .split("-")
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join("");

/** The organisation with this code; throws a RangeError when the region has none. */
export function getOrganisation(region: Region, code: string): Organisation {
  const found = region.organisations.find((one) => one.code === code);
  if (!found) throw new RangeError("No such organisation in this region.");
  return found;
}
