// Writes a new referral, with its first event and its delivery in the outbox, in one transaction.

import { randomUUID } from "node:crypto";
import { once } from "../../../shared/database/idempotency";
import { inTransaction } from "../../../shared/database/pool";
import { onRecord } from "../../../shared/database/record-unavailable";
import { SchakelError } from "../../../shared/kernel/errors";
import { EMERGENCY_NUMBERS } from "../../../shared/kernel/emergency-numbers";
import { toReferralId, type OrganisationCode } from "../../../shared/kernel/ids";
import { today, toPlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { getOrganisation, takesPart, type Organisation } from "../../../shared/region/region";
import { nameChildren } from "./children";
import { selectContent, type SelectedContent } from "./content";
import { addDelivery } from "./delivery/outbox";
import { getReferral } from "./find-referrals";
import { writeEvent, type ReferralStores, type StepPlace } from "./move-referral";
import type {
  AskedUrgency,
  ConsentBasis,
  FamilyInformed,
  ReferralMode,
  ReferralReason,
  TransferReason,
  Urgency,
} from "./referral-codes";
import type { ReferralRecord } from "./referral-record";
import { isNotCarried, NOT_CARRIED, type NotCarriedType } from "./not-carried";
import { receiversOf, ROUTES, routesFrom, type ReferralType } from "./routes";

/** What a worker sends. */
export interface NewReferral {
  readonly familyId: string;
  readonly type: ReferralType;
  /** Code of an organisation. */
  readonly receiver: string;
  readonly mode: ReferralMode;
  readonly transferReason?: TransferReason | null | undefined;
  readonly urgency: Urgency;
  readonly reasonCode: ReferralReason;
  readonly consentBasis: ConsentBasis;
  readonly familyInformed: { readonly how: FamilyInformed; readonly on?: string | null | undefined };
  /** Code of the organisation that watches the safety meanwhile; the sender when nothing is said. */
  readonly sightOnSafety?: string | null | undefined;
  /** Ids of the children that it is about; all of the household when nothing is said. */
  readonly children?: readonly string[] | null | undefined;
  /** What the receiver may read at the sender, by person; all that the route opens when nothing is said. */
  readonly content?: readonly SelectedContent[] | null | undefined;
  readonly idempotencyKey: string;
}

/** What a worker asks: one that the hub does not carry is answered with the way to go instead. */
export type AskedReferral = Omit<NewReferral, "type" | "urgency"> & {
  readonly type: ReferralType | NotCarriedType;
  readonly urgency: AskedUrgency;
};

/**
 * Stores a referral and returns it; the worker relays it to the queue. Whether the requester works with the family
 * was decided by the gateway. Throws CRISIS_IS_NO_REFERRAL with whom to call, REFERRAL_NOT_CARRIED with the way to go
 * instead, REFERRAL_ROUTE_UNKNOWN with the routes that exist, INPUT_INVALID with the argument that is wrong,
 * FAMILY_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, or RECORD_UNAVAILABLE.
 */
export async function refer(
  stores: ReferralStores,
  requester: Requester,
  asked: AskedReferral,
): Promise<ReferralRecord> {
  const input: NewReferral = { ...asked, urgency: noCrisis(asked.urgency), type: carried(asked.type) };
  const receiver = receiverOf(stores, requester, input);
  checkInput(stores, requester, input);
  const { idempotencyKey: key, ...request } = input;
  return onRecord(() =>
    inTransaction(stores.pool, async (client) => {
      const { referralId } = await once(
        client,
        { worker: requester.worker, key, operation: "refer", input: request },
        async () => ({
          referralId: await insertReferral(
            { client, region: stores.region },
            requester,
            receiver.code,
            input,
          ),
        }),
      );
      return getReferral(client, requester, referralId);
    }),
  );
}

/** The urgency, when it can wait for somebody who reads it; throws CRISIS_IS_NO_REFERRAL with the numbers to call. */
function noCrisis(urgency: AskedUrgency): Urgency {
  if (urgency !== "CRISIS") return urgency;
  throw new SchakelError("CRISIS_IS_NO_REFERRAL", { call: EMERGENCY_NUMBERS });
}

/** The type, when the hub carries it; throws REFERRAL_NOT_CARRIED with the reason and the way to go instead. */
function carried(type: ReferralType | NotCarriedType): ReferralType {
  if (!isNotCarried(type)) return type;
  const { reason, way } = NOT_CARRIED[type];
  throw new SchakelError("REFERRAL_NOT_CARRIED", { type, reason, way });
}

function receiverOf({ region }: ReferralStores, requester: Requester, input: NewReferral): Organisation {
  const sender = getOrganisation(region, requester.organisation);
  const found = receiversOf(region, sender, input.type).find((one) => one.code === input.receiver);
  if (found) return found;
  throw new SchakelError("REFERRAL_ROUTE_UNKNOWN", { possible: routesFrom(region, sender) });
}

const refuse = (argument: string, expected: string): never => {
  throw new SchakelError("INPUT_INVALID", { argument: `input.${argument}`, expected });
};

function checkInput({ region }: ReferralStores, { organisation }: Requester, input: NewReferral): void {
  const sender = getOrganisation(region, organisation);
  const { bases } = ROUTES[input.type];
  if (!bases.includes(input.consentBasis)) refuse("consentBasis", `one of ${bases.join(", ")}`);
  if (input.mode === "TRANSFER" && !input.transferReason)
    refuse("transferReason", "a reason for the transfer");
  if (input.mode === "TRANSFER" && sender.keepsFamilies)
    refuse("mode", `JOIN: ${sender.name} keeps its families`);
  if (input.mode === "JOIN" && input.transferReason) refuse("transferReason", "none when joining");
  if (input.type === "URGENT_INQUIRY_REQUEST" && input.urgency !== "URGENT") refuse("urgency", "URGENT");
  const { how, on } = input.familyInformed;
  if (how === "NOT_YET_UNSAFE" && on != null)
    refuse("familyInformed.on", "none when the family does not know yet");
  if (how !== "NOT_YET_UNSAFE" && (on == null || toPlainDate(on) > today())) {
    refuse("familyInformed.on", "the day on which the family was informed, not after today");
  }
  const sight = input.sightOnSafety;
  const open = region.organisations.filter((one) => takesPart(one, today()));
  if (sight != null && !open.some((one) => one.code === sight)) {
    refuse("sightOnSafety", `one of ${open.map((one) => one.code).join(", ")}`);
  }
}

async function insertReferral(
  place: StepPlace,
  requester: Requester,
  receiver: OrganisationCode,
  input: NewReferral,
): Promise<string> {
  const { client } = place;
  const family = await client.query("select from hub.family where id = $1", [input.familyId]);
  if (family.rowCount === 0) throw new SchakelError("FAMILY_NOT_FOUND");
  const id = toReferralId(randomUUID());
  const sender = requester.organisation;
  await client.query(
    `insert into hub.referral (id, family_id, type, mode, transfer_reason, urgency, reason_code, consent_basis,
       family_informed, family_informed_on, sender_organisation, sender_worker, receiver_organisation,
       owner_organisation, sight_on_safety, state, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $11, $14, 'SUBMITTED', 1)`,
    [
      id,
      input.familyId,
      input.type,
      input.mode,
      input.transferReason ?? null,
      input.urgency,
      input.reasonCode,
      input.consentBasis,
      input.familyInformed.how,
      input.familyInformed.on ?? null,
      sender,
      requester.worker,
      receiver,
      input.sightOnSafety ?? sender,
    ],
  );
  await nameChildren(client, { id, familyId: input.familyId }, input.children);
  const { familyId, type } = input;
  await selectContent(client, { id, familyId, type }, requester.kind, input.content);
  const position = {
    state: "SUBMITTED",
    sender,
    receiver,
    owner: sender,
    coOwner: null,
    coOwnerAccepted: false,
    objected: false,
    termOver: false,
  } as const;
  const actor = { party: "SENDER", requester } as const;
  await writeEvent(place, id, 1, "submit", null, position, actor, { codes: [input.reasonCode] });
  await addDelivery(client, { referralId: id, version: 1, organisation: receiver, owner: sender });
  return id;
}
