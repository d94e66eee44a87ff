// Combinations of facts that no request can have, because of what the facts mean (facts.ts, reduce-facts.ts). The rules
// are proved for those as well; leaving them out only makes for fewer words where people read.

import { HubResource, isCode, type MeasureBearing, type Relation } from "../../../shared/kernel/codes";
import type { Facts } from "../facts";
import type { Node } from "./diagrams";
import type { Space } from "./space";

/** One thing that the facts of every request have in common. */
interface Truth<Name extends keyof Facts = keyof Facts> {
  readonly sentence: string;
  readonly names: readonly Name[];
  readonly holds: (facts: { readonly [One in Name]: Facts[One] }) => boolean;
}

const truth = <Name extends keyof Facts>(
  sentence: string,
  names: readonly Name[],
  holds: Truth<Name>["holds"],
): Truth => ({ sentence, names, holds });

const OF_THE_FAMILY: readonly Relation[] = [
  "SELF",
  "PARENT_WITH_AUTHORITY",
  "PARENT_WITHOUT_AUTHORITY",
  "RELATIVE",
];
const ON_THE_PERSON: readonly MeasureBearing[] = ["WARD", "SUBJECT", "CARER"];

const TRUTHS: readonly Truth[] = [
  truth(
    "One organisation is of one kind, except that the hub keeps each one's own part of its log for it.",
    ["sameOrganisation", "requesterKind", "holderKind", "category"],
    ({ sameOrganisation, requesterKind, holderKind, category }) =>
      !sameOrganisation ||
      requesterKind === holderKind ||
      (holderKind === "HUB" && isCode(HubResource, category)),
  ),
  truth(
    "One organisation is one legal entity, and no partner of itself.",
    ["sameOrganisation", "sameLegalEntity", "duoPartner"],
    ({ sameOrganisation, sameLegalEntity, duoPartner }) =>
      !sameOrganisation || (sameLegalEntity && !duoPartner),
  ),
  truth(
    "Consent is looked at between two organisations only.",
    ["sameOrganisation", "holderKind", "category", "consent"],
    ({ sameOrganisation, holderKind, category, consent }) =>
      consent === "ABSENT" || !(sameOrganisation || holderKind === "HUB" || isCode(HubResource, category)),
  ),
  truth(
    "Consent is explicit only when it is given.",
    ["consent", "consentExplicit"],
    ({ consent, consentExplicit }) => consent === "GIVEN" || !consentExplicit,
  ),
  truth(
    "Partial consent depends on age: the parents' alone from 12 to 17, the child's alone from 12 to 15, the other parent's for a parent.",
    ["consent", "ageBand", "subjectRole"],
    ({ consent, ageBand, subjectRole }) =>
      consent === "PARENTS_ONLY"
        ? ageBand === "FROM_12_TO_15" || ageBand === "FROM_16_TO_17"
        : consent === "CHILD_ONLY"
          ? ageBand === "FROM_12_TO_15"
          : consent !== "OTHER_PARENT_ONLY" || (ageBand === "ADULT" && subjectRole === "PARENT"),
  ),
  truth(
    "Pressure is a flag of the voluntary frame.",
    ["drang", "framework"],
    ({ drang, framework }) => !drang || framework === "VOLUNTARY",
  ),
  truth(
    "A measure on the person, or on a child of this parent, makes the frame compulsory.",
    ["framework", "measureByRequester", "measureByHolder"],
    ({ framework, measureByRequester, measureByHolder }) =>
      framework === "COMPULSORY" || !(measureByHolder || ON_THE_PERSON.includes(measureByRequester)),
  ),
  truth(
    "An examination goes with a purpose of its own.",
    ["investigation", "purpose"],
    ({ investigation, purpose }) =>
      !investigation || ["SAFETY_ASSESSMENT", "INVESTIGATION", "INDEPENDENT_REVIEW"].includes(purpose),
  ),
  truth(
    "Earlier involvement is looked at for a reviewer only.",
    ["earlierInvolvement", "requesterFunction"],
    ({ earlierInvolvement, requesterFunction }) => !earlierInvolvement || requesterFunction === "REVIEWER",
  ),
  truth(
    "Members of the family, and they alone, are related to a person of it.",
    ["relation", "requesterKind"],
    ({ relation, requesterKind }) =>
      relation === "NONE" || OF_THE_FAMILY.includes(relation) === (requesterKind === "FAMILY"),
  ),
  truth(
    "Who asks as a young person is nobody's parent here.",
    ["relation", "requesterFunction"],
    ({ relation, requesterFunction }) =>
      requesterFunction !== "YOUNG_PERSON" || !relation.startsWith("PARENT_"),
  ),
  truth(
    "An emergency is a relation for acute safety only, while it was declared.",
    ["relation", "purpose", "emergency"],
    ({ relation, purpose, emergency }) =>
      relation !== "EMERGENCY" || (purpose === "ACUTE_SAFETY" && emergency.startsWith("DECLARED")),
  ),
];

/** What the facts of every request have in common, in words. */
export const POSSIBLE_SENTENCES: readonly string[] = TRUTHS.map(({ sentence }) => sentence);

/** Where a request can have these facts at all. */
export const possible = (space: Space): Node =>
  space.diagrams.and(...TRUTHS.map(({ names, holds }) => space.wherever(names, holds)));
