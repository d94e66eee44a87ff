// Requests for disclosure for tests: Veilig Thuis asks Lokalis about a child, as the gateway would have found it held.

import { randomUUID } from "node:crypto";
import type { Category } from "../../shared/kernel/codes";
import { addDays, today } from "../../shared/kernel/plain-date";
import type { Grant, HeldQuestion, Requester } from "../../shared/kernel/requester";
import { decideDisclosure } from "../../subgraphs/families/source/disclosure/decide-disclosure";
import type { HolderDecision } from "../../subgraphs/families/source/disclosure/check-decision";
import type { FamiliesStores } from "../../subgraphs/families/source/families-stores";
import {
  requestDisclosure,
  type NewDisclosure,
} from "../../subgraphs/families/source/disclosure/request-disclosure";
import { aGrant, aRequester } from "./requesters";

export const ASSESSOR = aRequester("veilig-thuis.assessor", "ASSESSOR");
export const HOLDER = aRequester("lokalis.worker", "WORKER");
export const NECESSITY = "Needed to judge whether the children are safe at home tonight.";
export const WEIGHING =
  "The safety of the children weighs more than the confidence that the parents put in us.";
export const WANTED_UNTIL = addDays(today(), 30);

/** What the gateway says of a request: each category held by a rule of the set. */
export function heldFor(
  { familyId, personId, holder, categories }: NewDisclosure,
  secondProfessional = false,
): HeldQuestion {
  return {
    source: holder,
    subject: personId != null ? { type: "Person", id: personId } : { type: "Family", id: familyId ?? "" },
    categories: categories.map((category) => ({
      category,
      rule: "safe-home-asks-local-team",
      secondProfessional,
    })),
  };
}

/** A request about OVV-06-3 with a key of its own. */
export const aRequest = (change: Partial<NewDisclosure> = {}): NewDisclosure => ({
  personId: "OVV-06-3",
  holder: "lokalis",
  categories: ["SAFETY", "CARE_PLAN"],
  necessity: NECESSITY,
  wantedUntil: WANTED_UNTIL,
  idempotencyKey: randomUUID(),
  ...change,
});

/** The grant of the gateway for a request. */
export const grantFor = (
  input: NewDisclosure,
  requester: Requester = ASSESSOR,
  secondProfessional = false,
): Grant => ({ ...aGrant(requester, "SAFETY_ASSESSMENT"), held: heldFor(input, secondProfessional) });

/** Asks, as the gateway lets it through. */
export const request = (
  stores: FamiliesStores,
  change: Partial<NewDisclosure> = {},
  { requester = ASSESSOR, secondProfessional = false } = {},
) => {
  const input = aRequest(change);
  return requestDisclosure(stores, grantFor(input, requester, secondProfessional), input);
};

/** A grant of all that was asked, of which the family was told. */
export const aDecision = (disclosureId: string, change: Partial<HolderDecision> = {}): HolderDecision => ({
  disclosureId,
  decision: "GRANT",
  until: WANTED_UNTIL,
  weighing: WEIGHING,
  familyTold: "TOLD",
  idempotencyKey: randomUUID(),
  ...change,
});

/** A refusal. */
export const aRefusal = (disclosureId: string, change: Partial<HolderDecision> = {}): HolderDecision =>
  aDecision(disclosureId, { decision: "REFUSE", until: null, refusalReason: "LESS_WILL_DO", ...change });

/** Decides as the holder's worker who is assigned. */
export const decide = (stores: FamiliesStores, decision: HolderDecision, requester: Requester = HOLDER) =>
  decideDisclosure(stores, aGrant(requester, "CARE"), decision);

/** All kinds of information that a request names in these tests. */
export const ASKED: readonly Category[] = ["CARE_PLAN", "SAFETY"];
