// A referral of the record as the contract gives it to one requester.

import { Family } from "../../../shared/contract/entities/family";
import { Person } from "../../../shared/contract/entities/person";
import type { Connection } from "../../../shared/contract/values/connection";
import type { Requester } from "../../../shared/kernel/requester";
import type { ReferralMode } from "../source/referral-codes";
import { partyOf, positionOf, type ReferralRecord } from "../source/referral-record";
import { openSteps, responsibleNow } from "../source/transitions";
import { Consultation } from "../types/consultation";
import { Referral } from "../types/referral";
import { ReferralContent } from "../types/referral-content";
import { ReferralEvent } from "../types/referral-event";

/** The referral, with the steps that are open to the requester's organisation. */
export function toReferral(record: ReferralRecord, requester: Requester): Referral {
  const { familyId, children, content, history, consultation, ...same } = record;
  const position = positionOf(record);
  const party = partyOf(record, requester.organisation);
  return Object.assign(new Referral(), {
    ...same,
    consulted: consultation,
    family: Object.assign(new Family(), { id: familyId }),
    children: children.map((id) => Object.assign(new Person(), { id })),
    content:
      content?.map(({ personId, categories }) =>
        Object.assign(new ReferralContent(), {
          person: Object.assign(new Person(), { id: personId }),
          categories,
        }),
      ) ?? null,
    responsibleNow: responsibleNow(position, record.mode),
    possibleSteps: party === undefined ? [] : openSteps(position, party),
    history: history.map(({ action, ...event }, index) =>
      Object.assign(new ReferralEvent(), {
        ...event,
        step: action,
        daysSince: daysBetween(history[index - 1]?.at, event.at),
        handOver: isHandOver(action, record.mode),
      }),
    ),
  });
}

const DAY_MS = 86_400_000;

const daysBetween = (before: string | undefined, at: string): number | null =>
  before === undefined ? null : Math.floor((Date.parse(at) - Date.parse(before)) / DAY_MS);

/** The family changes hands when the owner of a transfer accepts it, or takes it into work that runs. */
const isHandOver = (action: ReferralRecord["history"][number]["action"], mode: ReferralMode): boolean =>
  mode === "TRANSFER" && (action === "accept" || action === "merge");

/** The consultation about a referral, or null when nobody objected. */
export function toConsultation(referral: Referral): Consultation | null {
  if (!referral.consulted) return null;
  const { third, ...same } = referral.consulted;
  const participants = [referral.sender, same.openedBy, third];
  return Object.assign(new Consultation(), { ...same, participants, referral });
}

/** The same page with each item turned into another. */
export function mapPage<T, U>(page: Connection<T>, map: (node: T) => U): Connection<U> {
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: map(node) })) };
}
