// The demo of a region: its fictitious people and families, in the region's folder.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { Purpose, WorkerFunction, type WorkerFunction as Function } from "../kernel/codes";
import { regionIssuers } from "./issuers";
import { teamsOf, type Region } from "./region";

/** One fictitious worker, or member of a family of the demo. */
export interface Persona {
  readonly code: string;
  /** The id in the token (`sub`): of a worker the code, of a member of a family that person's id in the hub. */
  readonly worker: string;
  /** Code of the issuer: the employer, or one of those that are no organisation. */
  readonly organisation: string;
  readonly workerFunction: Function;
  /** Signs in with a second factor. */
  readonly secondFactor: boolean;
  readonly description: string;
  /** The team of the employer that they belong to. */
  readonly team?: string | undefined;
}

/** A question for which the demo has an answer: one part is given, one is withheld and explained. */
export interface FirstQuery {
  readonly persona: string;
  readonly purpose: Purpose;
  readonly query: string;
}

/** The demo of a region. */
export interface RegionDemo {
  /** Where its `families/`, `referrals.json` and `organisations/<code>/` lie. */
  readonly folder: string;
  /** What the ids of its families begin with: `OVV` of OVV-06. */
  readonly familyPrefix: string;
  readonly firstQuery: FirstQuery;
  /** One per function and organisation: for whom a demo token can be had. */
  readonly personas: readonly Persona[];
}

const DEMO_FILE = "demo.json";

const codesOf = <T extends Record<string, string>>(list: T) =>
  z.enum(Object.keys(list) as [keyof T & string, ...(keyof T & string)[]]);

const DemoFile = z.strictObject({
  familyPrefix: z.string().regex(/^[A-Z]{2,6}$/, "two to six capitals"),
  firstQuery: z.strictObject({ persona: z.string(), purpose: codesOf(Purpose), query: z.string() }),
  personas: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z0-9-]+\.[a-z0-9-]+$/, "the issuer, a dot and a name"),
        worker: z.string().optional(),
        workerFunction: codesOf(WorkerFunction),
        team: z.string().optional(),
        description: z.string().min(1),
      }),
    )
    .min(1),
});

const loaded = new Map<Region, RegionDemo>();

/** The demo of a region, or undefined when it has none. Throws a RangeError that lists every fault of its file. */
export function demoOf(region: Region): RegionDemo | undefined {
  const { folder } = region;
  if (folder === undefined || !existsSync(path.join(folder, DEMO_FILE))) return undefined;
  const known = loaded.get(region);
  if (known) return known;
  const demo = readDemo(region, folder);
  loaded.set(region, demo);
  return demo;
}

/** Folder with the demo cases of an organisation, where these lie with the region and not with the organisation's subgraph. */
export const organisationCases = (region: Region, organisation: string): string =>
  path.join(neededDemo(region).folder, "organisations", organisation);

/** The people of a region's demo; none when it has no demo. */
export const personasOf = (region: Region): readonly Persona[] => demoOf(region)?.personas ?? [];

/** The demo of a region, for what only makes sense with one. Throws a RangeError when there is none. */
export function neededDemo(region: Region): RegionDemo {
  const demo = demoOf(region);
  if (!demo) throw new RangeError(`The region ${region.code} has no demo.`);
  return demo;
}

function readDemo(region: Region, folder: string): RegionDemo {
  const file = path.join(folder, DEMO_FILE);
  const fail = (faults: readonly string[]): never => {
    throw new RangeError(`${file} is no demo:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
  };
  const parsed = DemoFile.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) {
    return fail(parsed.error.issues.map(({ path: place, message }) => `${place.join(".")}: ${message}`));
  }
  const { familyPrefix, firstQuery, personas: written } = parsed.data;
  const personas = written.map(({ code, worker = code, workerFunction, description, team }) => ({
    code,
    worker,
    organisation: code.slice(0, code.indexOf(".")),
    workerFunction,
    // As at a real employer; who looks into the access log or declares an emergency needs one.
    secondFactor: true,
    description,
    ...(team === undefined ? {} : { team }),
  }));
  const codes = personas.map(({ code }) => code);
  const issuers = regionIssuers(region).map(({ code }) => code);
  const faults = [
    ...codes
      .filter((code, index) => codes.indexOf(code) !== index)
      .map((code) => `personas: ${code} is there twice`),
    ...personas
      .filter(({ organisation }) => !issuers.includes(organisation))
      .map(({ code }) => `personas: the region has no issuer for ${code}`),
    ...personas
      .filter(({ organisation, team }) => team !== undefined && !teamsOf(region, organisation).includes(team))
      .map(({ code, team }) => `personas: ${code} is in ${team}, which is no team of the employer`),
    ...(codes.includes(firstQuery.persona) ? [] : [`firstQuery: there is no persona ${firstQuery.persona}`]),
  ];
  return faults.length > 0 ? fail(faults) : { folder, familyPrefix, firstQuery, personas };
}
