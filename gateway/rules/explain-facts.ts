// The facts of a question that someone asks on the command line: what is given, and what is assumed for the rest.

import {
  Category,
  HubResource,
  isCode,
  type AgeBand,
  type FamilyRole,
  type MeasureBearing,
  type Purpose,
  type WorkerFunction,
} from "../../shared/kernel/codes";
import { toOrganisationCode, toWorkerId } from "../../shared/kernel/ids";
import { today } from "../../shared/kernel/plain-date";
import { regionIssuers, type RegionIssuer } from "../../shared/region/issuers";
import { DEFAULT_REGION, loadRegion, type Organisation, type Region } from "../../shared/region/region";
import { holdersOf } from "../federate/region-parts";
import { FACT_NAMES, FACT_VALUES, type Facts, type Resource } from "../privacy/facts";
import { asFact, factsOfStranger, HUB_HOLDER, holderOn, type Holder } from "../privacy/reduce-facts";
import { ArgumentError, oneOf } from "./arguments";

/** One holder of the region as it is shown, and what it can be asked for. */
export type NamedHolder = Holder & { readonly name: string; readonly holds: readonly Resource[] };

/** Facts that follow from who asks, whom and what: nobody can give them. */
const FOLLOWING = [
  "requesterKind",
  "requesterFunction",
  "holderKind",
  "sameOrganisation",
  "sameLegalEntity",
  "category",
  "purpose",
] as const satisfies readonly (keyof Facts)[];
type Following = (typeof FOLLOWING)[number];

/** The facts that can be given: those about the person, the family and what runs. */
export type PersonFacts = Omit<Facts, Following>;
const PERSON_FACTS = FACT_NAMES.filter(
  (name) => !FOLLOWING.some((one) => one === name),
) as (keyof PersonFacts)[];

/** A question, with for each fact whether it was given. */
export interface Question {
  readonly requester: RegionIssuer;
  readonly requesterFunction: WorkerFunction;
  readonly purpose: Purpose;
  readonly person: PersonFacts;
  readonly assumed: readonly (keyof PersonFacts)[];
  readonly holders: readonly NamedHolder[];
}

/** `measureByRequester` as it is typed: `measure-by-requester`. */
const optionName = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Shorter names, and `--age`, which takes a number of years. */
const SHORT: Readonly<Record<string, keyof PersonFacts>> = { role: "subjectRole", age: "ageBand" };

/** The options that give a fact, in every way in which they may be typed. */
export const FACT_OPTIONS: readonly string[] = [
  ...Object.keys(SHORT),
  ...PERSON_FACTS.flatMap((name) => [...new Set([optionName(name), name])]),
];

/** The region by its code or file; throws an ArgumentError that lists the known ones, or the faults of the file. */
function regionOf(code: string): Region {
  try {
    return loadRegion(code);
  } catch (error) {
    if (error instanceof RangeError) throw new ArgumentError(error.message);
    throw error;
  }
}

/**
 * Reads a question about the region that `--region` names, or else `regionInUse`; throws an ArgumentError that lists what
 * is possible.
 */
export function readQuestion(options: ReadonlyMap<string, string>, regionInUse = DEFAULT_REGION): Question {
  const region = regionOf(options.get("region") ?? regionInUse);
  const issuers = regionIssuers(region);
  const needed = (name: string): string => {
    const word = options.get(name);
    if (!word) throw new ArgumentError(`Give --${name}. See npm run rules -- --help.`);
    return word;
  };
  const requesterFunction = oneOf("--function", needed("function"), FACT_VALUES.requesterFunction);
  const organisation = oneOf(
    "--organisation",
    needed("organisation"),
    issuers.map(({ code }) => code),
  );
  const requester = issuers.find(({ code }) => code === organisation) as RegionIssuer;
  const purpose = oneOf("--purpose", needed("purpose"), FACT_VALUES.purpose);
  const given = givenFacts(options);
  const person = withDefaults(given, requester, purpose);
  return {
    requester,
    requesterFunction,
    purpose,
    person,
    assumed: PERSON_FACTS.filter((name) => given[name] === undefined),
    holders: [...region.organisations.map((one) => asHolder(region, one)), ...hubFor(requester)],
  };
}

const CATEGORIES = Object.values(Category);

/** Who holds today what an organisation recorded, by its name: itself, or the one that continues its work. */
function asHolder(region: Region, { code, kind, legalEntity, name, continuedBy }: Organisation): NamedHolder {
  const known = holdersOf(region).get(code) ?? { code, kind, legalEntity };
  const holder = holderOn(known, today());
  const next = region.organisations.find((one) => one.code === continuedBy);
  const isTakenOver = next !== undefined && holder.code !== (code as string);
  return { ...holder, name: isTakenOver ? `${name}, held by ${next.name}` : name, holds: CATEGORIES };
}

/** The hub, and the part of it that it keeps for the requester's own organisation. */
function hubFor({ code, legalEntity }: RegionIssuer): NamedHolder[] {
  const hub: NamedHolder = {
    ...HUB_HOLDER,
    name: "The hub",
    holds: [...CATEGORIES, ...Object.values(HubResource)],
  };
  if (code === HUB_HOLDER.code) return [hub];
  return [hub, { code, kind: "HUB", legalEntity, name: "The hub, own part", holds: ["ACCESS_LOG"] }];
}

/**
 * The facts of the question at one holder. What the hub itself holds is about nobody: no fact of the family counts
 * there. What is given about consent, duo, exchange and disclosure is taken to be so
 * at every other organisation; at the own one, and at the hub, there is none of it.
 */
export function factsAt(question: Question, holder: Holder, category: Facts["category"]): Facts {
  const { requester, requesterFunction, purpose, person } = question;
  if (isCode(HubResource, category)) {
    const organisation = toOrganisationCode(requester.code);
    const asking = {
      ...requester,
      organisation,
      worker: toWorkerId("somebody"),
      workerFunction: requesterFunction,
    };
    return factsOfStranger({ requester: asking, purpose, holder, category });
  }
  const sameOrganisation = holder.code === requester.code;
  const between = !sameOrganisation && holder.kind !== "HUB";
  return {
    ...person,
    ...(between ? {} : { consent: "ABSENT", consentExplicit: false, duoPartner: false, exchange: "NONE" }),
    measureByHolder: sameOrganisation ? onThePerson(person.measureByRequester) : person.measureByHolder,
    disclosure: between && person.disclosure,
    requesterKind: asFact(requester.kind),
    requesterFunction,
    holderKind: asFact(holder.kind),
    sameOrganisation,
    sameLegalEntity: holder.legalEntity === requester.legalEntity,
    category,
    purpose,
  };
}

function givenFacts(options: ReadonlyMap<string, string>): Partial<PersonFacts> {
  const given: Record<string, string | boolean> = {};
  for (const [option, word] of options) {
    const name = SHORT[option] ?? PERSON_FACTS.find((one) => one === option || optionName(one) === option);
    if (name === undefined) continue;
    if (given[name] !== undefined) throw new ArgumentError(`The fact ${name} is given twice.`);
    given[name] = option === "age" ? ageBandOf(word) : valueOf(name, option, word);
  }
  return given;
}

function valueOf(name: keyof PersonFacts, option: string, word: string): string | boolean {
  const values: readonly (string | boolean)[] = FACT_VALUES[name];
  if (typeof values[0] !== "boolean") return oneOf(`--${option}`, word, values as readonly string[]);
  return word === "" || oneOf(`--${option}`, word, ["yes", "no", "true", "false"]).match(/yes|true/) !== null;
}

/** Years, or `unborn`; the bands are those of shared/kernel/age-band.ts. */
function ageBandOf(word: string): AgeBand {
  if (word.toLowerCase() === "unborn") return "UNBORN";
  const years = Number(word);
  if (!/^\d{1,3}$/.test(word)) throw new ArgumentError("--age takes a number of years, or unborn.");
  if (years < 12) return "UNDER_12";
  if (years < 16) return "FROM_12_TO_15";
  return years < 18 ? "FROM_16_TO_17" : "ADULT";
}

const onThePerson = (bearing: MeasureBearing): boolean => bearing !== "NONE" && bearing !== "SIBLING";

/**
 * Assumes for what is not given what mostly goes with the purpose: a worker who is assigned, the measure or the
 * examination that the purpose is about, nobody asked for consent, and nothing else under way.
 */
function withDefaults(given: Partial<PersonFacts>, requester: RegionIssuer, purpose: Purpose): PersonFacts {
  const subjectRole: FamilyRole = given.subjectRole ?? "CHILD";
  const byPurpose: MeasureBearing =
    purpose !== "MEASURE_EXECUTION" ? "NONE" : subjectRole === "PARENT" ? "CARER" : "SUBJECT";
  const measureByRequester = given.measureByRequester ?? byPurpose;
  const compulsory = onThePerson(measureByRequester) || given.measureByHolder === true;
  const rest: Record<string, string | boolean> = {};
  for (const name of PERSON_FACTS) {
    const values: readonly (string | boolean)[] = FACT_VALUES[name];
    // A list whose nothing has another name is among the defaults below.
    rest[name] = values.includes("NONE") ? "NONE" : (values[0] as string | boolean);
  }
  return {
    ...(rest as unknown as PersonFacts),
    subjectRole,
    ageBand: subjectRole === "CHILD" ? "UNDER_12" : "ADULT",
    framework: compulsory ? "COMPULSORY" : "VOLUNTARY",
    measureByRequester,
    investigation: ["SAFETY_ASSESSMENT", "INVESTIGATION", "INDEPENDENT_REVIEW"].includes(purpose),
    consent: "ABSENT",
    relation: requester.kind === "FAMILY" ? "SELF" : "ASSIGNED",
    ...given,
  };
}
