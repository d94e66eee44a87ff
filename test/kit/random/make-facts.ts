// Makes up what happens around a household: measures, examinations, participation, meetings, referrals, disclosures.

import { Category, type Purpose, type WorkerFunction } from "../../../shared/kernel/codes";
import type { Organisation } from "../../../shared/region/region";
import type {
  DisclosureRow,
  InvestigationRow,
  MeasureRow,
  MeetingRow,
  ParticipationRow,
  PersonRow,
  ReferralChildRow,
  ReferralContentRow,
  ReferralRow,
} from "../../oracle/world";
import type { Chance } from "./chance";
import { FAMILY } from "./make-consents";
import { dayFrom, momentFrom, termOf, uuidOf, type Present } from "./moments";

const ALL = Object.keys(Category) as Category[];
const BY = { recordedBy: "someone", recordedByOrganisation: "rvdk" } as const;

/** Measures on children, and now and then on somebody else. */
export function makeMeasures(
  chance: Chance,
  present: Present,
  persons: readonly PersonRow[],
  agencies: readonly string[],
): MeasureRow[] {
  const children = persons.filter((one) => one.role === "CHILD");
  if (children.length === 0 || chance.percent(50)) return [];
  return Array.from({ length: chance.whole(1, 3) }, (_, index): MeasureRow => {
    const { from, until } = termOf(chance, present, true);
    const kind = chance.weighted([
      [8, "OTS"],
      [2, "VOTS"],
      [4, "GUARDIANSHIP"],
      [2, "PLACEMENT"],
      [5, "PROBATION"],
    ] as const);
    const isEnded = chance.percent(8) && from < present.day;
    return {
      id: uuidOf(chance),
      personId: chance.percent(95) ? chance.pick(children).id : chance.pick(persons).id,
      kind,
      number: `C/16/${index}`,
      organisation: chance.pick(agencies),
      startsOn: from,
      endsOn: kind === "GUARDIANSHIP" && chance.percent(50) ? null : until,
      endedAt: isEnded ? momentFrom(present, -chance.whole(1, 10)) : null,
      endedBy: isEnded ? "someone" : null,
      ...BY,
    };
  });
}

/** Examinations of Veilig Thuis and the board; no second open one of a kind. */
export function makeInvestigations(chance: Chance, present: Present, familyId: string): InvestigationRow[] {
  const kinds = [
    ["veilig-thuis", "ASSESSMENT"],
    ["veilig-thuis", "INVESTIGATION"],
    ["rvdk", "INVESTIGATION"],
    ["rvdk", "REVIEW"],
  ] as const;
  return chance.some(kinds, 60).map(([organisation, kind]) => {
    const { from, until } = termOf(chance, present);
    const isClosed = chance.percent(8) && from <= present.day;
    return {
      id: uuidOf(chance),
      familyId,
      organisation,
      kind,
      openedOn: from,
      closedOn: isClosed && until === null ? present.day : until,
      closedAt: isClosed ? momentFrom(present, -1) : null,
    };
  });
}

/** Participation in the pilot. */
export function makeParticipation(chance: Chance, present: Present, familyId: string): ParticipationRow[] {
  if (chance.percent(40)) return [];
  const { from, until } = termOf(chance, present);
  const isWithdrawn = chance.percent(10);
  return [
    {
      id: uuidOf(chance),
      familyId,
      how: "WRITTEN",
      fromOn: from,
      untilOn: until,
      ...BY,
      withdrawnAt: isWithdrawn ? momentFrom(present, -chance.whole(1, 100)) : null,
      withdrawnBy: isWithdrawn ? "someone" : null,
    },
  ];
}

/** A meeting of some organisations. */
export function makeMeetings(
  chance: Chance,
  present: Present,
  familyId: string,
  organisations: readonly Organisation[],
): MeetingRow[] {
  if (chance.percent(40)) return [];
  const participants = chance
    .shuffled(organisations.map((one): string => one.code))
    .slice(0, chance.whole(2, 4));
  const { from, until } = termOf(chance, present, true);
  return [
    {
      id: uuidOf(chance),
      familyId,
      participants,
      plannedOn: from,
      heldOn: until ?? from,
      plannedBy: "someone",
      organisation: participants[0] ?? "lokalis",
    },
  ];
}

/** Which kind of organisation sends what to which: those that open something, and some that do not. */
const ROUTES: readonly (readonly [weight: number, type: string, from: string, to: string])[] = [
  [4, "REPORT", "LOCAL_TEAM", "SAFE_HOME"],
  [1, "REPORT", "CERTIFIED_AGENCY", "SAFE_HOME"],
  [2, "HANDOVER_AFTER_ASSESSMENT", "SAFE_HOME", "LOCAL_TEAM"],
  [2, "HANDOVER_AFTER_ASSESSMENT", "SAFE_HOME", "CERTIFIED_AGENCY"],
  [2, "INQUIRY_REQUEST", "LOCAL_TEAM", "CHILD_PROTECTION_BOARD"],
  [1, "INQUIRY_REQUEST", "SAFE_HOME", "CHILD_PROTECTION_BOARD"],
  [1, "URGENT_INQUIRY_REQUEST", "SAFE_HOME", "CHILD_PROTECTION_BOARD"],
  [1, "INQUIRY_REQUEST", "CERTIFIED_AGENCY", "CHILD_PROTECTION_BOARD"],
  [3, "AGENCY_HANDOVER", "CERTIFIED_AGENCY", "CERTIFIED_AGENCY"],
  [3, "NEW_FACTS", "LOCAL_TEAM", "CERTIFIED_AGENCY"],
  [1, "NEW_FACTS", "SAFE_HOME", "CERTIFIED_AGENCY"],
  [1, "GUIDANCE", "LOCAL_TEAM", "CERTIFIED_AGENCY"],
  [1, "STEP_DOWN", "CERTIFIED_AGENCY", "LOCAL_TEAM"],
  [1, "MEASURE_ASSIGNMENT", "CHILD_PROTECTION_BOARD", "CERTIFIED_AGENCY"],
];

/** Referrals in every state that matters. */
export function makeReferrals(
  chance: Chance,
  present: Present,
  familyId: string,
  organisations: readonly Organisation[],
): ReferralRow[] {
  return Array.from({ length: chance.whole(0, 4) }, (): ReferralRow => {
    const [, type, from, to] = chance.weighted(ROUTES.map((one) => [one[0], one] as const));
    const sender = chance.pick(organisations.filter((one) => one.kind === from)).code;
    const receiver = chance.pick(organisations.filter((one) => one.kind === to && one.code !== sender)).code;
    const state = chance.weighted([
      [1, "SUBMITTED"],
      [5, "RECEIVED"],
      [3, "ACCEPTED"],
      [2, "COMPLETED"],
      [0.5, "WITHDRAWN"],
    ] as const);
    const isTaken = state === "ACCEPTED" || state === "COMPLETED";
    const isOver = state === "COMPLETED" || state === "WITHDRAWN";
    const others = organisations.filter((one) => one.code !== sender && one.code !== receiver);
    const isShared = state !== "SUBMITTED" && state !== "WITHDRAWN" && chance.percent(25);
    return {
      id: uuidOf(chance),
      familyId,
      type,
      mode: "JOIN",
      urgency: "NORMAL",
      reasonCode: "SAFETY_CONCERN",
      consentBasis: "SAFETY_TASK",
      familyInformed: "SPOKEN",
      familyInformedOn: dayFrom(present, -10),
      senderOrganisation: sender,
      senderWorker: "someone",
      receiverOrganisation: receiver,
      ownerOrganisation: isTaken ? receiver : sender,
      coOwnerOrganisation: isShared ? chance.pick(others).code : null,
      coOwnerAcceptedAt: isShared && chance.percent(50) ? momentFrom(present, -150) : null,
      sightOnSafety: isTaken ? receiver : sender,
      state,
      outcome: isOver ? (state === "COMPLETED" ? "GOALS_REACHED" : "NO_LONGER_NEEDED") : null,
      createdAt: momentFrom(present, -300),
      receivedAt: state === "SUBMITTED" || state === "WITHDRAWN" ? null : momentFrom(present, -200),
      decidedAt: isTaken ? momentFrom(present, -100) : null,
      version: 1,
      content: chance.percent(15) ? "ROUTE" : "SELECTION",
    };
  });
}

/** The children that each referral is about: nearly always all of them. */
export const makeReferralChildren = (
  chance: Chance,
  referrals: readonly ReferralRow[],
  persons: readonly PersonRow[],
): ReferralChildRow[] =>
  referrals.flatMap((referral) =>
    persons
      .filter((one) => one.role === "CHILD" && one.familyId === referral.familyId && chance.percent(90))
      .map((one) => ({ referralId: referral.id, personId: one.id })),
  );

/** What is selected never names these. */
const NEVER_SELECTED: readonly Category[] = ["REPORTER", "SECRET_ADDRESS"];

/** What goes with each referral: all, a part, or nothing of a person. */
export const makeReferralContent = (
  chance: Chance,
  referrals: readonly ReferralRow[],
  persons: readonly PersonRow[],
): ReferralContentRow[] =>
  referrals.flatMap((referral) =>
    persons
      .filter((one) => one.familyId === referral.familyId)
      .flatMap((person) => {
        const part = chance.weighted([
          [6, 100],
          [3, 60],
          [1, 0],
        ] as const);
        return ALL.filter((category) => !NEVER_SELECTED.includes(category) && chance.percent(part)).map(
          (category) => ({ referralId: referral.id, personId: person.id, category }),
        );
      }),
  );

/** What requests for disclosure are made for: what rules hold. */
const ASKED: readonly (readonly [kind: string, fn: WorkerFunction, purpose: Purpose])[] = [
  ["LOCAL_TEAM", "WORKER", "CARE"],
  ["SAFE_HOME", "ASSESSOR", "SAFETY_ASSESSMENT"],
  ["SAFE_HOME", "ASSESSOR", "INVESTIGATION"],
  ["CERTIFIED_AGENCY", "GUARDIAN", "MEASURE_EXECUTION"],
  ["CHILD_PROTECTION_BOARD", "INVESTIGATOR", "INVESTIGATION"],
  ["CERTIFIED_AGENCY", "GUARDIAN", "ACUTE_SAFETY"],
  [FAMILY, "PARENT", "SUBJECT_RIGHTS"],
];
const SENTENCE = "A sentence of twenty characters or more.";

/** Requests for disclosure, granted for a time or not. */
export function makeDisclosures(
  chance: Chance,
  present: Present,
  familyId: string,
  persons: readonly PersonRow[],
  organisations: readonly Organisation[],
): DisclosureRow[] {
  return Array.from({ length: chance.whole(0, 6) }, (): DisclosureRow => {
    const [kind, requesterFunction, purpose] = chance.pick(ASKED);
    const organisation = organisations.filter((one) => one.kind === kind);
    const requester = kind === FAMILY ? FAMILY : chance.pick(organisation).code;
    const state = chance.weighted([
      [6, "GRANTED"],
      [1, "REQUESTED"],
      [1, "REFUSED"],
      [0.5, "WITHDRAWN"],
    ] as const);
    const isDecided = state === "GRANTED" || state === "REFUSED";
    const isEnded = state === "WITHDRAWN" || (state === "GRANTED" && chance.percent(8));
    const categories = chance.percent(70) ? ALL : [chance.pick(ALL)];
    return {
      id: uuidOf(chance),
      familyId,
      personId: persons.length === 0 || chance.percent(30) ? null : chance.pick(persons).id,
      holder: chance.pick(organisations.filter((one) => one.code !== requester)).code,
      requesterOrganisation: requester,
      requesterWorker: kind === FAMILY && persons.length > 0 ? chance.pick(persons).id : "someone",
      requesterFunction,
      purpose,
      categories,
      rules: [],
      necessity: SENTENCE,
      wantedUntil: dayFrom(present, 30),
      secondNeeded: false,
      dueOn: dayFrom(present, 5),
      state,
      decidedAt: isDecided ? momentFrom(present, -5) : null,
      decidedBy: isDecided ? "someone" : null,
      weighing: isDecided ? SENTENCE : null,
      grantedCategories: state === "GRANTED" ? categories : null,
      grantedUntil:
        state === "GRANTED"
          ? dayFrom(
              present,
              chance.weighted([
                [6, chance.whole(1, 30)],
                [1, 0],
                [1, -1],
              ]),
            )
          : null,
      refusalReason: state === "REFUSED" ? "NOT_NECESSARY" : null,
      familyTold: isDecided ? "TOLD" : null,
      endedAt: isEnded ? momentFrom(present, -1) : null,
      endedBy: isEnded ? "someone" : null,
    };
  });
}
