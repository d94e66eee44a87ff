// One question as the decision table puts it: somebody asks one holder for one category about one person.

import type {
  AgeBand,
  Category,
  ConsentState,
  EmergencyState,
  Exchange,
  FamilyRole,
  MeasureBearing,
  OrganisationKind,
  Purpose,
  Relation,
  WorkerFunction,
} from "../../shared/kernel/codes";
import type { Household, Register } from "./household";
import {
  emergencyOf,
  exchangeWith,
  guidesUnderPressure,
  isExamining,
  sharesDuoWith,
  takesPart,
  tieTo,
  wasInvolvedBefore,
} from "./read-asker";
import { readConsent, type Consent } from "./read-consent";
import { bandOf, bearingOf, isCompulsory } from "./read-person";
import type { Asker, HolderOfFiles, MeasureRow, PersonRow } from "./world";

/** What the rows of the table look at. */
export interface Matter {
  readonly asker: WorkerFunction;
  readonly askerKind: OrganisationKind;
  readonly purpose: Purpose;
  readonly holder: OrganisationKind;
  /** The asker's own organisation holds it. */
  readonly own: boolean;
  /** Another organisation holds it; neither the own one nor the hub. */
  readonly other: boolean;
  readonly sameEntity: boolean;
  readonly category: Category;
  readonly tie: Relation;
  readonly role: FamilyRole;
  readonly band: AgeBand;
  /** G; otherwise V. */
  readonly compulsory: boolean;
  /** D: V, and the asker's organisation guides under pressure. */
  readonly drang: boolean;
  /** Of measures that the asker executes. */
  readonly bearing: MeasureBearing;
  /** The holder executes a measure on the person, or on a child of this parent. */
  readonly inMeasure: boolean;
  readonly examining: boolean;
  readonly consent: ConsentState;
  readonly explicit: boolean;
  readonly involvedBefore: boolean;
  readonly takesPart: boolean;
  readonly duoPartner: boolean;
  readonly exchange: Exchange;
  readonly emergency: EmergencyState;
  /** The holder granted exactly this. */
  readonly granted: boolean;
}

/** Who asks whom for what. */
export interface Inquiry {
  readonly register: Register;
  readonly asker: Asker;
  readonly purpose: Purpose;
  readonly holder: HolderOfFiles;
  readonly category: Category;
  /** About this person, or about the whole household. */
  readonly about: "Person" | "Family";
}

const NO_CONSENT: Consent = { state: "ABSENT", explicit: false };
const SUPERVISION: readonly MeasureRow["kind"][] = ["OTS", "VOTS", "GUARDIANSHIP"];
const PROBATION: readonly MeasureRow["kind"][] = ["PROBATION"];

/** The matter as it stands for somebody who has nothing to do with the family: nothing of the family is in it. */
export function matterOfStranger({ asker, purpose, holder, category }: Inquiry): Matter {
  const own = asker.organisation === holder.code;
  return {
    asker: asker.workerFunction,
    askerKind: asker.kind,
    purpose,
    holder: holder.kind,
    own,
    other: !own && holder.kind !== "HUB",
    sameEntity: asker.legalEntity === holder.legalEntity,
    category,
    tie: "NONE",
    role: "OTHER",
    band: "ADULT",
    compulsory: false,
    drang: false,
    bearing: "NONE",
    inMeasure: false,
    examining: false,
    consent: "ABSENT",
    explicit: false,
    involvedBefore: false,
    takesPart: false,
    duoPartner: false,
    exchange: "NONE",
    emergency: "NONE",
    granted: false,
  };
}

/** The matter about a member of a household. */
export function matterOf(inquiry: Inquiry, household: Household, person: PersonRow): Matter {
  const { register, asker, purpose, holder, category } = inquiry;
  const stranger = matterOfStranger(inquiry);
  const asking = { register, asker, purpose, household };
  const tie = tieTo(asking, person);
  if (tie === "NONE") return stranger;
  const { day } = register.world;
  const compulsory = isCompulsory(household, person, day);
  const inMeasure = bearingOf(household, person, holder.code, [...SUPERVISION, ...PROBATION], day);
  const consent = stranger.other
    ? readConsent({
        register,
        household,
        person,
        holder: holder.code,
        recipient: asker.organisation,
        category,
        purpose,
      })
    : NO_CONSENT;
  return {
    ...stranger,
    tie,
    role: person.role,
    band: bandOf(person, day),
    compulsory,
    drang: !compulsory && guidesUnderPressure(asking),
    bearing: bearingOf(
      household,
      person,
      asker.organisation,
      asker.workerFunction === "PROBATION_OFFICER" ? PROBATION : SUPERVISION,
      day,
    ),
    inMeasure: inMeasure !== "NONE" && inMeasure !== "SIBLING",
    examining: isExamining(asking),
    consent: consent.state,
    explicit: consent.explicit,
    involvedBefore: wasInvolvedBefore(asking),
    takesPart: takesPart(asking),
    duoPartner: sharesDuoWith(asking, holder.code),
    exchange: stranger.other ? exchangeWith(asking, { holder: holder.code, person, category, tie }) : "NONE",
    emergency: emergencyOf(asking),
    granted: isGranted(inquiry, household, person),
  };
}

/** A grant is an organisation's; to a member of a family it is personal. */
function isGranted(
  { register, asker, purpose, holder, category, about }: Inquiry,
  household: Household,
  person: PersonRow,
): boolean {
  return household.disclosure.some(
    (one) =>
      one.state === "GRANTED" &&
      one.endedAt === null &&
      one.personId === (about === "Person" ? person.id : null) &&
      one.holder === holder.code &&
      one.requesterOrganisation === asker.organisation &&
      (asker.kind !== "FAMILY" || one.requesterWorker === asker.worker) &&
      one.purpose === purpose &&
      (one.grantedCategories ?? []).includes(category) &&
      register.world.day <= (one.grantedUntil ?? ""),
  );
}
