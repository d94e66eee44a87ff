// Puts the demo's referrals in the hub, step by step through the table of transitions; those that are there stay.

import type { PoolClient } from "pg";
import { shiftFromStoryDay } from "../../../shared/contract/demo-date";
import { createPool, inTransaction } from "../../../shared/database/pool";
import { toOrganisationCode, toReferralId, type OrganisationCode } from "../../../shared/kernel/ids";
import type { Logger } from "../../../shared/kernel/logger";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import { addWorkingDays } from "../../../shared/kernel/working-days";
import { neededDemo } from "../../../shared/region/demo";
import { getOrganisation, type Region } from "../../../shared/region/region";
import { nameChildren } from "../source/children";
import { selectContent } from "../source/content";
import { CONSULTATION_WORKING_DAYS } from "../source/consult";
import type { Party } from "../source/referral-codes";
import { take, type Position } from "../source/transitions";
import { readDemoReferrals, type DemoReferral, type DemoStep } from "./demo-referral";

/** A story with the position after each step, and its days moved to the day of seeding. */
interface ToldStory {
  readonly story: DemoReferral;
  /** The first is the sending itself, which has no step. */
  readonly passed: readonly { readonly step?: DemoStep; readonly party: Party; readonly after: Position }[];
  readonly end: Position;
  readonly dayOf: (date: string | null | undefined) => PlainDate | null;
  readonly momentOf: (at: string) => string;
}

/** Seeds the region's demo into the database of the working role. Throws when its families are not there yet. */
export async function seedReferrals(databaseUrl: string, region: Region, log: Logger): Promise<void> {
  const stories = await readDemoReferrals(neededDemo(region).folder);
  const pool = createPool({
    connectionString: databaseUrl,
    max: 1,
    applicationName: "schakel-referrals-seed",
  });
  try {
    const seeded = await inTransaction(pool, async (client) => {
      let count = 0;
      for (const story of stories) count += (await seedOne(client, region, tell(story, today()))) ? 1 : 0;
      return count;
    });
    log.info({ seeded }, "demo referrals in place");
  } finally {
    await pool.end();
  }
}

const organisationOf = (worker: string): OrganisationCode =>
  toOrganisationCode(worker.slice(0, worker.indexOf(".")));

function tell(story: DemoReferral, day: PlainDate): ToldStory {
  const sender = organisationOf(story.by);
  const receiver = toOrganisationCode(story.receiver);
  let end: Position = {
    state: "SUBMITTED",
    sender,
    receiver,
    owner: sender,
    coOwner: null,
    coOwnerAccepted: false,
    objected: false,
    termOver: false,
  };
  const passed: { step?: DemoStep; party: Party; after: Position }[] = [{ party: "SENDER", after: end }];
  for (const step of story.steps) {
    const party = step.by === undefined ? "HUB" : organisationOf(step.by) === sender ? "SENDER" : "RECEIVER";
    const after = take(end, { action: step.action }, party);
    if (!after)
      throw new Error(`The demo takes a step that does not exist: ${story.familyId} ${step.action}.`);
    passed.push({ step, party, after });
    end = after;
  }
  return {
    story,
    passed,
    end,
    dayOf: (date) => shiftFromStoryDay(date ?? null, day),
    momentOf: (at) => `${shiftFromStoryDay(at.slice(0, 10), day)}${at.slice(10)}`,
  };
}

async function seedOne(client: PoolClient, region: Region, told: ToldStory): Promise<boolean> {
  const { story, passed, end, dayOf, momentOf } = told;
  const stepOf = (...actions: readonly DemoStep["action"][]): DemoStep | undefined =>
    story.steps.find(({ action }) => actions.includes(action));
  const momentOfStep = (action: DemoStep["action"]): string | null => {
    const at = stepOf(action)?.at;
    return at === undefined ? null : momentOf(at);
  };
  const { rowCount } = await client.query(
    `insert into hub.referral (id, family_id, type, mode, transfer_reason, urgency, reason_code, consent_basis,
       family_informed, family_informed_on, sender_organisation, sender_worker, receiver_organisation,
       owner_organisation, sight_on_safety, state, outcome, expected_on, created_at, received_at, decided_at, version, objected)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $11, $15, $16, $17, $18, $19, $20, $21, $22)
     on conflict (id) do nothing`,
    [
      story.id,
      story.familyId,
      story.type,
      story.mode,
      story.transferReason ?? null,
      story.urgency,
      story.reasonCode,
      story.consentBasis,
      story.familyInformed.how,
      dayOf(story.familyInformed.on),
      end.sender,
      story.by,
      end.receiver,
      end.owner,
      end.state,
      stepOf("complete", "withdraw")?.codes?.[0] ?? null,
      dayOf(story.steps.findLast(({ expectedOn }) => expectedOn)?.expectedOn),
      momentOf(story.at),
      momentOfStep("deliver"),
      momentOfStep("accept"),
      passed.length,
      end.objected,
    ],
  );
  if (rowCount === 0) return false;
  const referral = { id: toReferralId(story.id), familyId: story.familyId, type: story.type };
  await nameChildren(client, referral, null);
  await selectContent(client, referral, getOrganisation(region, end.sender).kind, null);
  await seedHistory(client, told);
  await client.query(
    `insert into hub.referral_delivery (referral_id, kind, version, organisation, owner_organisation, state, attempts,
       due_at, created_at, ended_at) values ($1, 'REFERRAL', 1, $2, $3, 'DELIVERED', 1, $4, $5, $4)`,
    [story.id, end.receiver, end.sender, momentOfStep("deliver"), momentOf(story.at)],
  );
  const objection = stepOf("object");
  if (objection) await seedConsultation(client, told, objection);
  return true;
}

async function seedHistory(client: PoolClient, { story, passed, dayOf, momentOf }: ToldStory): Promise<void> {
  for (const [index, { step, party, after }] of passed.entries()) {
    const worker = step ? step.by : story.by;
    await client.query(
      `insert into hub.referral_event (referral_id, version, action, from_state, to_state, party, organisation, worker,
         codes, owner_organisation, receiver_organisation, proposal_organisation, expected_on, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        story.id,
        index + 1,
        step?.action ?? "submit",
        passed[index - 1]?.after.state ?? null,
        after.state,
        party,
        worker === undefined ? null : organisationOf(worker),
        worker ?? null,
        step ? (step.codes ?? []) : [story.reasonCode],
        after.owner,
        after.receiver,
        step?.proposal ?? null,
        dayOf(step?.expectedOn),
        momentOf(step?.at ?? story.at),
      ],
    );
  }
}

async function seedConsultation(
  client: PoolClient,
  { story, momentOf }: ToldStory,
  { at, by, codes, proposal }: DemoStep,
): Promise<void> {
  const openedAt = momentOf(at);
  const openedOn = today(new Date(openedAt));
  const endsOn = addWorkingDays(openedOn, CONSULTATION_WORKING_DAYS);
  const dueAt = new Date(Date.parse(openedAt) + Date.parse(endsOn) - Date.parse(openedOn)).toISOString();
  await client.query(
    `insert into hub.consultation (id, referral_id, reason_code, opened_by_organisation, opened_by_worker,
       proposal_organisation, third_organisation, opened_at, due_at, state)
     values ($1, $2, $3, $4, $5, $6, $6, $7, $8, 'OPEN')`,
    [story.id.replace("0ebc", "0ecc"), story.id, codes?.[0], story.receiver, by, proposal, openedAt, dueAt],
  );
}
