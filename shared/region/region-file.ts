// A region as it is written down: one JSON file, checked whole before anything starts.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { HOLDER_KINDS, OrganisationKind, WorkerFunction } from "../kernel/codes";
import { toPlainDate } from "../kernel/plain-date";
import { IssuerEntry, OwnIssuerEntry } from "./issuer-entry";
import { loosenedNorms, RegionNorms } from "./referral-norms";
import { nameFaults } from "./region-names";

/** Where the regions lie that come with the hub. */
const REGIONS_DIRECTORY = path.join(__dirname, "regions");

/** How something is called in addresses, settings, folders and tables. */
const Code = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "small letters, digits and hyphens");
const Named = z.string().trim().min(1, "a text");
const WebAddress = z
  .url({ protocol: /^https?$/, error: "an http or https URL" })
  .refine(
    (text) => new URL(text).username === "" && new URL(text).password === "",
    "a URL without a password",
  );
const Day = z.iso.date("a date such as 2026-01-31").transform(toPlainDate);
const Days = z.int("a whole number of days").min(1, "at least one day").max(3_650, "at most ten years");

/** How an organisation is known in the messages of the chain (StUF): see docs/stuf.md. */
const ChainParty = z.strictObject({
  /** Organisatie-identificatienummer; in a demo one that begins with 00000099. */
  oin: z.string().regex(/^\d{20}$/, "an OIN: 20 digits"),
  application: z.string().trim().min(1).max(50, "at most 50 characters"),
  /** The first four digits of its case numbers: the municipality's code (gemeentecode). */
  caseCode: z.string().regex(/^\d{4}$/, "four digits"),
  /** Who can be called about a message; no person. */
  desk: z.strictObject({ name: z.string().trim().min(1).max(200), phone: z.string().min(1).max(20) }),
});

/** How what is sent to an organisation reaches it beside its inbox in the hub. */
const Delivery = z.strictObject({ kind: z.literal("stuf"), version: z.literal("1.0.9") });

/** Kinds of organisation that requests go to as messages: those for which the chain has one. */
const BY_MESSAGE: readonly OrganisationKind[] = [OrganisationKind.CHILD_PROTECTION_BOARD];

const OrganisationEntry = z.strictObject({
  code: Code,
  name: Named,
  kind: z.enum([...HOLDER_KINDS, OrganisationKind.OTHER]),
  legalEntity: Code,
  field: z.string().regex(/^[a-z][A-Za-z0-9]*$/, "a field of GraphQL that begins with a small letter"),
  phone: z.string().regex(/^[0-9+][0-9 -]{2,20}$/, "a phone number"),
  owner: Named.optional(),
  contact: z.email("a mail address").optional(),
  /** Folder of `subgraphs/` that serves it; its own code when left out. */
  subgraph: Code.optional(),
  /** Where its subgraph answers and where its own system hears of referrals, unless settings say so. */
  url: WebAddress.optional(),
  deliverTo: WebAddress.optional(),
  /** It joins others and is joined, and never hands a family over. */
  keepsFamilies: z.boolean().optional(),
  /** First and last day on which it takes part; what it recorded stays. */
  from: Day.optional(),
  until: Day.optional(),
  /** The organisation that took over its work and its files, where there is one. */
  continuedBy: Code.optional(),
  /** Who vouches for its people. */
  issuer: OwnIssuerEntry.optional(),
  chain: ChainParty.optional(),
  delivery: Delivery.optional(),
});

/** A team of people of one organisation, or of several that work as one. */
const TeamEntry = z.strictObject({
  code: Code,
  name: Named,
  organisations: z.array(Code).min(1, "at least one organisation"),
});

const FUNCTIONS = Object.keys(WorkerFunction) as [WorkerFunction, ...WorkerFunction[]];

const RegionEntry = z
  .strictObject({
    code: Code,
    name: Named,
    organisations: z.array(OrganisationEntry).min(1, "at least one organisation"),
    consultationChair: z.strictObject({ organisation: Code, workerFunction: z.enum(FUNCTIONS) }),
    familyWait: z
      .strictObject({ warnDays: Days, normDays: Days })
      .refine(({ warnDays, normDays }) => warnDays <= normDays, "a warning comes before the norm is over"),
    /** Within what time kinds of referral are decided, where the region settled it. */
    norms: RegionNorms.default({}),
    /** The teams that there are; of an organisation that is in none of them, any name is a team. */
    teams: z.array(TeamEntry).default([]),
    hubSubgraphs: z.array(Code),
    /** Who vouches for people beside those of the organisations: the hub's, the municipality's, families. */
    issuers: z.array(IssuerEntry).default([]),
    /** Folder with its supergraph and its demo, beside the file or among those that come with the hub. */
    folder: Code.optional(),
  })
  .check(({ value, issues }) => {
    const fault = (message: string, part: string): void => {
      issues.push({ code: "custom", message, input: value, path: [part] });
    };
    for (const [part, named] of nameFaults(value)) fault(named, part);
    for (const { code, from, until, continuedBy } of value.organisations) {
      if (from !== undefined && until !== undefined && from > until) {
        fault(`${code} ends before it begins`, "organisations");
      }
      if (continuedBy === undefined) continue;
      const next = value.organisations.find((one) => one.code === continuedBy);
      if (until === undefined) fault(`${code} is continued by another, and does not end`, "organisations");
      if (next === undefined || next.code === code) {
        fault(`${code} is continued by ${continuedBy}, which is no other organisation`, "organisations");
      } else if (next.until !== undefined) {
        fault(`${code} is continued by ${continuedBy}, which ends itself`, "organisations");
      }
    }
    for (const loosened of loosenedNorms(value.norms)) fault(loosened, "norms");
    // A request for inquiry that could not be sent because of who sends it would be found out when it is too late.
    for (const { code, kind, delivery } of value.organisations) {
      if (delivery === undefined || BY_MESSAGE.includes(kind)) continue;
      fault(
        `${code} is sent no messages (delivery): ${kind} is no ${BY_MESSAGE.join(" or ")}`,
        "organisations",
      );
    }
    const byMessage = value.organisations.some((one) => one.delivery !== undefined);
    for (const { code, chain } of value.organisations) {
      if (!byMessage || chain !== undefined) continue;
      fault(`${code} has no chain, where one is sent messages (delivery)`, "organisations");
    }
  });

/** How an organisation is known in the messages of the chain. */
export type ChainParty = z.infer<typeof ChainParty>;
/** How what is sent to an organisation reaches it beside its inbox in the hub. */
export type Delivery = z.infer<typeof Delivery>;

/** A region as it is written down. */
export type RegionFile = z.infer<typeof RegionEntry>;

/** Codes of the regions that come with the hub, in the order of the alphabet. */
export function knownRegions(): string[] {
  return readdirSync(REGIONS_DIRECTORY)
    .filter((name) => name.endsWith(".json"))
    .map((name) => path.basename(name, ".json"))
    .toSorted();
}

/**
 * The file of a region: one that comes with the hub by its code, or any by its path when that ends in `.json`. Throws a
 * RangeError that lists every fault, or the known regions.
 */
export const readRegionFile = (codeOrPath: string): RegionFile => readRegionText(codeOrPath).entry;

/** The same, with the text that it was read from. */
export function readRegionText(codeOrPath: string): { readonly text: string; readonly entry: RegionFile } {
  if (!isPath(codeOrPath) && !knownRegions().includes(codeOrPath)) {
    throw new RangeError(`Unknown region; known are: ${knownRegions().join(", ")}; or give a .json file.`);
  }
  const file = fileOf(codeOrPath);
  const fail = (faults: readonly string[]): never => {
    throw new RangeError(`${file} is no region:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
  };
  const text = readText(file);
  const parsed = RegionEntry.safeParse(jsonIn(text, file));
  if (!parsed.success) {
    return fail(parsed.error.issues.map(({ path: place, message }) => `${place.join(".")}: ${message}`));
  }
  const { folder } = parsed.data;
  if (folder === undefined || findRegionFolder(codeOrPath, folder) !== undefined) {
    return { text, entry: parsed.data };
  }
  return fail([`folder: there is no folder ${folder}`]);
}

/** The folder `name` of a region; undefined when there is none. */
export function findRegionFolder(codeOrPath: string, name: string): string | undefined {
  // A variation of a region that comes with the hub, in a file elsewhere, has the folder of that region.
  return [path.dirname(fileOf(codeOrPath)), REGIONS_DIRECTORY]
    .map((folder) => path.join(folder, name))
    .find((folder) => existsSync(folder));
}

const isPath = (codeOrPath: string): boolean => codeOrPath.endsWith(".json");

const fileOf = (codeOrPath: string): string =>
  isPath(codeOrPath) ? path.resolve(codeOrPath) : path.join(REGIONS_DIRECTORY, `${codeOrPath}.json`);

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new RangeError(`${file} cannot be read.`, { cause: error });
  }
}

function jsonIn(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RangeError(`${file} is not JSON.`, { cause: error });
  }
}
