// What an access relied on, for the log: the kind of ground of the rules that permitted, with the ids of the consents and
// measures in force that bear on it. Emergencies, disclosures and referrals are named by kind; their registers have the ids.

import type { FamilyRecord } from "../../shared/database/family-records";
import type { PlainDate } from "../../shared/kernel/plain-date";
import type { Asking } from "../federate/request-state";
import type { Access } from "./ledger";

/** The first word of a rule's id -> what it rests on; a rule with another first word rests on a task in law alone. */
const GROUNDS: ReadonlyMap<string, string> = new Map([
  ["consent", "CONSENT"],
  ["measure", "MEASURE"],
  ["probation", "MEASURE"],
  ["emergency", "EMERGENCY"],
  ["disclosure", "DISCLOSURE"],
  ["referral", "REFERRAL"],
]);

const groundsOfRules = new Map<string, string | undefined>();

/** What a rule rests on, beside a task in law; looked up once for each rule there is. */
function groundOf(rule: string): string | undefined {
  const known = groundsOfRules.get(rule);
  if (known !== undefined || groundsOfRules.has(rule)) return known;
  const ground = GROUNDS.get(rule.split("-")[0] ?? "");
  groundsOfRules.set(rule, ground);
  return ground;
}

/** KIND:id for what the record names, KIND:- where the id is not known here; sorted, each once. */
export function reliedOnOf(asking: Asking, access: Access, record: FamilyRecord | undefined): string[] {
  const grounds = new Set<string>();
  for (const category of access.delivered) {
    const decision = access.permitted.get(category);
    const ground = decision && groundOf(decision.rule);
    if (ground !== undefined) grounds.add(ground);
  }
  if (grounds.size === 0) return [];
  const found = [...grounds].flatMap((ground) => {
    const ids = record === undefined ? [] : idsOf(ground, asking, access, record);
    return ids.length > 0 ? ids.map((id) => `${ground}:${id}`) : [`${ground}:-`];
  });
  return [...new Set(found)].toSorted();
}

function idsOf(ground: string, asking: Asking, access: Access, record: FamilyRecord): string[] {
  switch (ground) {
    case "CONSENT":
      return consentsOf(asking, access, record);
    case "MEASURE":
      return measuresOf(asking, access, record);
    default:
      return [];
  }
}

const concerns = ({ subject }: Access, personId: string): boolean =>
  subject?.type === "Family" || subject?.id === personId;

const holdsOn = (today: PlainDate, first: PlainDate, last: PlainDate | null): boolean =>
  first <= today && (last === null || today <= last);

/** Those given about this person, between these two organisations, for this purpose and something that was delivered. */
function consentsOf({ requester, purpose, today }: Asking, access: Access, record: FamilyRecord): string[] {
  return record.consents
    .filter(
      (one) =>
        one.decision === "GIVEN" &&
        one.withdrawnAt === null &&
        holdsOn(today, one.validFrom, one.validUntil) &&
        concerns(access, one.personId) &&
        (one.holder as string) === access.source &&
        one.recipient === requester.organisation &&
        one.purpose === purpose &&
        one.categories.some((category) => access.delivered.has(category)),
    )
    .map((one) => one.id);
}

/** Those that the requester's organisation or the holder executes on a member of the family: one bears on all of them. */
function measuresOf({ requester, today }: Asking, { source }: Access, record: FamilyRecord): string[] {
  return record.measures
    .filter(
      (one) =>
        one.endedAt === null &&
        holdsOn(today, one.startsOn, one.endsOn) &&
        (one.organisation === requester.organisation || (one.organisation as string) === source),
    )
    .map((one) => one.id);
}
