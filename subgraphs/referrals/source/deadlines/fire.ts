// Tells that a deadline nears, or was not kept: at least once by the queue, exactly once in effect.

import type { Pool, PoolClient } from "pg";
import { inTransaction } from "../../../../shared/database/pool";
import type { OrganisationCode, ReferralId } from "../../../../shared/kernel/ids";
import type { Logger } from "../../../../shared/kernel/logger";
import type { PlainDate } from "../../../../shared/kernel/plain-date";
import { addWorkingDays } from "../../../../shared/kernel/working-days";
import type { Region } from "../../../../shared/region/region";
import { lockReferral } from "../move-referral";
import { tellOfDeadline, type DeadlineKey, type DeadlineTask } from "./duties";

/** What telling stands on. */
export interface ClockDeps {
  readonly pool: Pool;
  readonly region: Region;
  readonly log: Logger;
}

interface Told {
  readonly organisation: OrganisationCode;
  readonly dueOn: PlainDate;
  readonly today: PlainDate;
}

interface Parties {
  readonly familyId: string;
  readonly sender: OrganisationCode;
  readonly receiver: OrganisationCode;
  readonly coOwner: OrganisationCode | null;
  readonly third: OrganisationCode | null;
}

const KEY = "d.referral_id = $1 and d.kind = $2 and d.version = $3 and d.met_at is null";
const DAY_OF = (moment: string): string => `((${moment}) at time zone 'Europe/Amsterdam')::date`;
// The last day on which it is kept: a day ends at the midnight that the next one begins with.
const TOLD = `returning d.organisation, ${DAY_OF("d.due_at - interval '1 microsecond'")} as "dueOn",
  ${DAY_OF("clock.now")} as today`;
// Read once for the whole statement: what is due and when it was told are one moment.
const CLOCK = "from (select clock_timestamp() as now) as clock";

/**
 * Tells of one deadline what is due by the clock of the database: that it nears, to who has to act, or that it was not
 * kept, to both organisations. What is met, or was told before, is left alone. The note that it was told, and the tasks,
 * are one transaction under the lock of the referral; errors are thrown on, and the row is due again after its lease.
 */
export async function fireDeadline({ pool, region }: ClockDeps, key: DeadlineKey): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockReferral(client, key.referralId as ReferralId);
    const broken = await note(client, key, "escalated");
    if (broken) {
      const tasks = tasksOfBroken(key, broken, await partiesOf(client, key), region);
      await tellOfDeadline(client, tasks.familyId, key, tasks.tasks);
      return;
    }
    const near = await note(client, key, "warned");
    if (!near) return;
    const parties = await partiesOf(client, key);
    await tellOfDeadline(client, parties.familyId, key, [
      {
        organisation: near.organisation,
        about: otherThan(near.organisation, key, parties),
        duty: "REFERRAL_DUE_SOON",
        dueOn: near.dueOn,
      },
    ]);
  });
}

/** Notes that it is told now, if it is to be; at most one transaction ever gets a row back for each level. */
async function note(
  client: PoolClient,
  key: DeadlineKey,
  level: "warned" | "escalated",
): Promise<Told | undefined> {
  const values = [key.referralId, key.kind, key.version];
  const statement =
    level === "escalated"
      ? `update hub.referral_deadline d set escalated_at = clock.now, next_at = null ${CLOCK}
         where ${KEY} and d.escalated_at is null and d.due_at <= clock.now ${TOLD}`
      : // A warning after the term helps nobody; it is escalated then.
        `update hub.referral_deadline d set warned_at = clock.now, next_at = d.due_at ${CLOCK}
         where ${KEY} and d.warned_at is null and d.warn_at <= clock.now and d.due_at > clock.now ${TOLD}`;
  const { rows } = await client.query<Told>(statement, values);
  return rows[0];
}

async function partiesOf(client: PoolClient, { referralId }: DeadlineKey): Promise<Parties> {
  const { rows } = await client.query<Parties>(
    `select r.family_id as "familyId", r.sender_organisation as sender, r.receiver_organisation as receiver,
       r.co_owner_organisation as "coOwner",
       (select c.third_organisation from hub.consultation c where c.referral_id = r.id and c.state = 'OPEN') as third
     from hub.referral r where r.id = $1`,
    [referralId],
  );
  if (!rows[0]) throw new Error("A deadline without its referral.");
  return rows[0];
}

/** Before delivery the receiver knows of nothing, so nobody there is told; the sender is told that it is not there yet. */
const partiesTo = ({ kind }: DeadlineKey, { sender, receiver, coOwner, third }: Parties): string[] => {
  const parties = kind === "DELIVER" ? [sender] : [sender, receiver, coOwner, third];
  return [...new Set(parties.filter((one) => one !== null))];
};

const otherThan = (organisation: string, key: DeadlineKey, parties: Parties): string =>
  partiesTo(key, parties).find((one) => one !== organisation) ?? parties.receiver;

function tasksOfBroken(
  key: DeadlineKey,
  { today }: Told,
  parties: Parties,
  { consultationChair }: Region,
): { readonly familyId: string; readonly tasks: readonly DeadlineTask[] } {
  const dueOn = addWorkingDays(today, 1);
  const tasks = partiesTo(key, parties).map((organisation): DeadlineTask => ({
    organisation,
    about: otherThan(organisation, key, parties),
    duty: "REFERRAL_OVERDUE",
    dueOn,
  }));
  const chairs: DeadlineTask[] =
    key.kind === "CONSULT"
      ? [
          {
            organisation: consultationChair.organisation,
            about: parties.receiver,
            duty: "CONSULTATION_CHAIR_DECIDES",
            dueOn,
          },
        ]
      : [];
  return { familyId: parties.familyId, tasks: [...tasks, ...chairs] };
}
