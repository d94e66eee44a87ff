// Referrals among the demo families, on the days of the story; fictitious, and without a word about anybody.

import type { NewReferral } from "../source/refer";
import type { Action } from "../source/transitions";

/** A step of the story. `at` is a moment of the story, in UTC. */
export interface DemoStep {
  readonly action: Action;
  /** Worker who took it; left out when the hub did. */
  readonly by?: string;
  readonly at: string;
  readonly codes?: readonly string[];
  readonly expectedOn?: string;
  /** Owner that was proposed, for an objection. */
  readonly proposal?: string;
}

/** A referral of the story, with its steps after sending. */
export interface DemoReferral extends Omit<NewReferral, "idempotencyKey"> {
  readonly id: string;
  /** Worker who sent it. */
  readonly by: string;
  readonly at: string;
  readonly steps: readonly DemoStep[];
}

const demoId = (number: number): string => `0ebc0000-0000-4000-8000-${String(number).padStart(12, "0")}`;

export const DEMO_REFERRALS: readonly DemoReferral[] = [
  {
    // After its assessment Veilig Thuis hands over to the neighbourhood team, which has not looked at it yet.
    id: demoId(1),
    familyId: "OVV-01",
    type: "HANDOVER_AFTER_ASSESSMENT",
    receiver: "lokalis",
    mode: "TRANSFER",
    transferReason: "RECEIVER_KNOWS_FAMILY",
    urgency: "NORMAL",
    reasonCode: "SAFETY_CONCERN",
    consentBasis: "SAFETY_TASK",
    familyInformed: { how: "SPOKEN", on: "2020-08-26" },
    by: "veilig-thuis.assessor",
    at: "2020-08-27T13:40:00Z",
    steps: [{ action: "deliver", at: "2020-08-27T13:40:01Z" }],
  },
  {
    // The neighbourhood team asked SAVE to join; it did, and it is done.
    id: demoId(2),
    familyId: "OVV-04",
    type: "GUIDANCE",
    receiver: "save",
    mode: "JOIN",
    urgency: "NORMAL",
    reasonCode: "EXPERTISE_NEEDED",
    consentBasis: "CONSENT_GIVEN",
    familyInformed: { how: "SPOKEN", on: "2019-11-04" },
    by: "lokalis.worker",
    at: "2019-11-05T09:10:00Z",
    steps: [
      { action: "deliver", at: "2019-11-05T09:10:01Z" },
      { action: "review", by: "save.voluntary", at: "2019-11-06T08:05:00Z" },
      { action: "accept", by: "save.voluntary", at: "2019-11-11T14:20:00Z" },
      { action: "start", by: "save.voluntary", at: "2019-11-18T10:00:00Z" },
      { action: "complete", by: "save.voluntary", at: "2020-07-16T15:30:00Z", codes: ["GOALS_REACHED"] },
    ],
  },
  {
    // SAVE guides the girl who asked for help herself.
    id: demoId(3),
    familyId: "OVV-11",
    type: "GUIDANCE",
    receiver: "save",
    mode: "JOIN",
    urgency: "NORMAL",
    reasonCode: "FAMILY_REQUEST",
    consentBasis: "CONSENT_GIVEN",
    familyInformed: { how: "SPOKEN", on: "2020-06-08" },
    by: "lokalis.worker",
    at: "2020-06-09T10:15:00Z",
    steps: [
      { action: "deliver", at: "2020-06-09T10:15:01Z" },
      { action: "accept", by: "save.voluntary", at: "2020-06-15T09:00:00Z" },
      { action: "start", by: "save.voluntary", at: "2020-06-22T13:00:00Z" },
    ],
  },
  {
    // Accepted for later: the neighbourhood team starts before the child is born.
    id: demoId(4),
    familyId: "OVV-09",
    type: "HANDOVER_AFTER_ASSESSMENT",
    receiver: "lokalis",
    mode: "JOIN",
    urgency: "URGENT",
    reasonCode: "SAFETY_CONCERN",
    consentBasis: "SAFETY_TASK",
    familyInformed: { how: "TELEPHONE", on: "2020-08-20" },
    by: "veilig-thuis.assessor",
    at: "2020-08-21T08:30:00Z",
    steps: [
      { action: "deliver", at: "2020-08-21T08:30:01Z" },
      { action: "review", by: "lokalis.worker", at: "2020-08-21T11:00:00Z" },
      { action: "waitlist", by: "lokalis.worker", at: "2020-08-24T09:45:00Z", expectedOn: "2020-09-14" },
    ],
  },
  {
    // SAVE holds that guidance belongs with WSS, which already has it: they sit down with the neighbourhood team.
    id: demoId(5),
    familyId: "OVV-02",
    type: "GUIDANCE",
    receiver: "save",
    mode: "JOIN",
    urgency: "NORMAL",
    reasonCode: "HELP_NOT_ENOUGH",
    consentBasis: "CONSENT_GIVEN",
    familyInformed: { how: "SPOKEN", on: "2020-08-24" },
    by: "lokalis.worker",
    at: "2020-08-25T12:00:00Z",
    steps: [
      { action: "deliver", at: "2020-08-25T12:00:01Z" },
      { action: "review", by: "save.voluntary", at: "2020-08-26T08:40:00Z" },
      {
        action: "object",
        by: "save.voluntary",
        at: "2020-08-28T10:10:00Z",
        codes: ["ANOTHER_INVOLVED"],
        proposal: "wss",
      },
    ],
  },
];
