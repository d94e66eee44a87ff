// Conditions on facts that promises speak of.

import { Category, type WorkerFunction } from "../../../shared/kernel/codes";
import type { Node } from "../../privacy/cover/diagrams";
import type { Allowed } from "../../privacy/cover/space";
import { FACT_VALUES, type Facts } from "../../privacy/facts";
import type { Change, Ground } from "./kinds";

export type Condition = (ground: Ground) => Node;
export const DOSSIER = Object.values(Category);
export const SEALED = ["REPORTER", "CRIMINAL", "SECRET_ADDRESS"] as const satisfies readonly Category[];
/** Who works with consent: local teams, agencies in the voluntary frame, and duos. */
export const VOLUNTARY = [
  "WORKER",
  "VOLUNTARY_WORKER",
  "DUO_MEMBER",
] as const satisfies readonly WorkerFunction[];
export const FAMILY = ["YOUNG_PERSON", "PARENT"] as const satisfies readonly WorkerFunction[];
export const NO_CONTENT = [
  "ADVISOR",
  "OPERATOR",
  "PRIVACY_OFFICER",
  "PROCESS_LEAD",
  "POLICY_STAFF",
  "OFFICIAL",
] as const satisfies readonly WorkerFunction[];
/** Facts that follow from who asks for what, not from anything in the family's records. */
const ASKED: readonly (keyof Facts)[] = [
  "requesterKind",
  "requesterFunction",
  "holderKind",
  "sameOrganisation",
  "sameLegalEntity",
  "category",
  "purpose",
];
export const OF_THE_FAMILY = (Object.keys(FACT_VALUES) as (keyof Facts)[]).filter(
  (name) => !ASKED.includes(name),
);

/** Where some facts have some of their values. */
export const where =
  (allowed: Allowed): Condition =>
  ({ space }) =>
    space.where(allowed);
export const all =
  (...conditions: readonly Condition[]): Condition =>
  (ground) =>
    ground.space.diagrams.and(...conditions.map((one) => one(ground)));
export const not =
  (condition: Condition): Condition =>
  (ground) =>
    ground.space.diagrams.not(condition(ground));
export const everywhere: Condition = ({ space }) => space.diagrams.always;

export const is = <Name extends keyof Facts>(name: Name, ...values: readonly Facts[Name][]): Condition =>
  where({ [name]: values });
export const isNot = <Name extends keyof Facts>(name: Name, ...values: readonly Facts[Name][]): Condition =>
  not(is(name, ...values));

/** What another organisation holds about people. */
export const ofOthers = all(
  is("sameOrganisation", false),
  isNot("holderKind", "HUB"),
  is("category", ...DOSSIER),
);
/** The holder granted nothing; what a grant changes is proved by itself. */
export const notGranted = is("disclosure", false);

export const switchedOn = (name: keyof Facts): Change[] => [
  { from: { [name]: false }, to: { [name]: true } },
];
/** From consent that is given, explicitly or not, to another state of it. */
export const fromGivenTo = (...states: readonly Facts["consent"][]): Change[] =>
  states.flatMap((consent) =>
    FACT_VALUES.consentExplicit.map((consentExplicit) => ({
      from: { consent: "GIVEN", consentExplicit } as const,
      to: { consent, consentExplicit: false },
    })),
  );
export const unchanged = (before: string, after: string): boolean => before === after;
