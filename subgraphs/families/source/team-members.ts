// Teams of an organisation: who belongs to one, and who may change that.

import { randomUUID } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import { onRecord } from "../../../shared/database/record-unavailable";
import { SchakelError } from "../../../shared/kernel/errors";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { teamsOf } from "../../../shared/region/region";
import { TEAM_MEMBER_COLUMNS, toTeamMember, type TeamMemberRow } from "../mapping/assignment";
import type { TeamMember } from "../types/team-member";
import { checkWithinOwnTerm, findOwnTerm, mustBeWorker, type OwnTerm } from "./assigned-now";
import { changeOnce } from "./change-once";
import { invalid, isRegisterId, notBefore, optionalDateOf, workerIdOf } from "./check-input";
import type { FamiliesStores } from "./families-stores";

/** SQL: the memberships that run at an organisation on a day. `$1` organisation, `$2` day. */
export const MEMBERS_TODAY = `select ${TEAM_MEMBER_COLUMNS} from hub.team_member
  where organisation = $1 and ended_at is null
    and $2::date between from_on and coalesce(until_on, 'infinity')`;

/** What a worker sends. */
export interface NewTeamMember {
  readonly team: string;
  readonly workerId: string;
  readonly until?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** What a worker sends to end a membership. */
export interface TeamMembershipEnd {
  readonly memberId: string;
  readonly idempotencyKey: string;
}

/** A change of a team, with the families that the team has: for each of them who works with it changed. */
export interface TeamChange {
  readonly familyIds: readonly string[];
  readonly result: TeamMember;
}

/** The members of a team of the requester's organisation today; TEAM_NOT_FOUND for who is not one of them. */
export async function findTeam(
  pool: Pick<Pool, "query">,
  requester: Requester,
  team: string,
): Promise<TeamMember[]> {
  const members = await onRecord(() => membersOf(pool, requester, team));
  if (!members.some((one) => one.worker_id === requester.worker)) throw new SchakelError("TEAM_NOT_FOUND");
  return members.map(toTeamMember);
}

/**
 * Lets a worker of the requester's organisation join a team from today. Only a member of the team may; where the team
 * has none, who works with every family that it has. So nobody opens a family that is not open to themselves, nor for
 * longer.
 * Throws TEAM_NOT_FOUND for anybody else, INPUT_INVALID with the argument that is wrong, ACCESS_DENIED,
 * IDEMPOTENCY_KEY_REUSED, RECORD_UNAVAILABLE.
 */
export function addTeamMember(
  stores: FamiliesStores,
  requester: Requester,
  input: NewTeamMember,
): Promise<TeamChange> {
  return changeOnce(stores, requester, "addTeamMember", input, async (client) => {
    const { team } = input;
    if (!TEAM_NAME.test(team)) throw invalid("input.team", "a name of small letters, digits and -");
    const teams = teamsOf(stores.region, requester.organisation);
    if (teams.length > 0 && !teams.includes(team)) throw invalid("input.team", `one of ${teams.join(", ")}`);
    const members = await lockTeam(client, requester, team);
    const familyIds = await familiesOf(client, requester, team);
    const own = await termAt(client, requester, members, familyIds);
    const workerId = workerIdOf("input.workerId", input.workerId);
    if (members.some((one) => one.worker_id === workerId)) {
      throw invalid("input.workerId", "somebody who is not a member of the team");
    }
    const untilOn = optionalDateOf("input.until", input.until);
    notBefore("input.until", untilOn, today());
    checkWithinOwnTerm(own, untilOn);
    const { rows } = await client.query<TeamMemberRow>(
      `insert into hub.team_member (id, organisation, team, worker_id, from_on, until_on, recorded_by)
       values ($1, $2, $3, $4, $5, $6, $7) returning ${TEAM_MEMBER_COLUMNS}`,
      [randomUUID(), requester.organisation, team, workerId, today(), untilOn, requester.worker],
    );
    return { familyIds, result: toTeamMember(rows[0]) };
  });
}

/**
 * Ends a membership: from the moment this returns it opens nothing any more. Only a member of the same team may, also
 * for themselves. Throws TEAM_NOT_FOUND for any other membership, whether it exists or not; ACCESS_DENIED;
 * IDEMPOTENCY_KEY_REUSED; RECORD_UNAVAILABLE.
 */
export function endTeamMembership(
  stores: FamiliesStores,
  requester: Requester,
  input: TeamMembershipEnd,
): Promise<TeamChange> {
  return changeOnce(stores, requester, "endTeamMembership", input, async (client) => {
    const team = await teamOfMember(client, requester, input.memberId);
    const members = await lockTeam(client, requester, team);
    const found = members.find((one) => one.id === input.memberId);
    if (!found || !members.some((one) => one.worker_id === requester.worker)) {
      throw new SchakelError("TEAM_NOT_FOUND");
    }
    const { rows } = await client.query<TeamMemberRow>(
      `update hub.team_member set ended_at = clock_timestamp(), ended_by = $2 where id = $1
       returning ${TEAM_MEMBER_COLUMNS}`,
      [found.id, requester.worker],
    );
    return { familyIds: await familiesOf(client, requester, team), result: toTeamMember(rows[0]) };
  });
}

/** A name, not a sentence: it stands in logs. */
const TEAM_NAME = /^[a-z][a-z0-9-]{0,39}$/;

async function membersOf(
  db: Pick<Pool | PoolClient, "query">,
  { organisation }: Requester,
  team: string,
): Promise<TeamMemberRow[]> {
  const { rows } = await db.query<TeamMemberRow>(`${MEMBERS_TODAY} and team = $3 order by recorded_at, id`, [
    organisation,
    today(),
    team,
  ]);
  return rows;
}

/** Two that change a team at once: the second waits, and sees what the first did. */
async function lockTeam(client: PoolClient, requester: Requester, team: string): Promise<TeamMemberRow[]> {
  mustBeWorker(requester);
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [
    `team:${requester.organisation}:${team}`,
  ]);
  return membersOf(client, requester, team);
}

async function teamOfMember(client: PoolClient, requester: Requester, id: string): Promise<string> {
  if (!isRegisterId(id)) throw new SchakelError("TEAM_NOT_FOUND");
  const { rows } = await client.query<{ team: string }>(
    "select team from hub.team_member where id = $1 and organisation = $2",
    [id, requester.organisation],
  );
  if (!rows[0]) throw new SchakelError("TEAM_NOT_FOUND");
  return rows[0].team;
}

/** Families that the team has now. */
async function familiesOf(client: PoolClient, { organisation }: Requester, team: string): Promise<string[]> {
  const { rows } = await client.query<{ family_id: string }>(
    `select distinct family_id from hub.assignment a join hub.involvement i using (family_id, organisation)
     where organisation = $1 and a.team = $2 and a.worker_id is null and a.ended_at is null
       and $3::date between a.from_on and coalesce(a.until_on, 'infinity')
       and $3::date between i.began_on and coalesce(i.ended_on, 'infinity') order by family_id`,
    [organisation, team, today()],
  );
  return rows.map((row) => row.family_id);
}

/** The requester's own term at the team: as a member, or, where there is none, as who works with all of its families. */
async function termAt(
  client: PoolClient,
  requester: Requester,
  members: readonly TeamMemberRow[],
  familyIds: readonly string[],
): Promise<OwnTerm> {
  if (members.length > 0) {
    const own = members.find((one) => one.worker_id === requester.worker);
    if (!own) throw new SchakelError("TEAM_NOT_FOUND");
    return { untilOn: own.until_on };
  }
  let untilOn: PlainDate | null = null;
  for (const familyId of familyIds) {
    const term = await findOwnTerm(client, requester, familyId);
    if (!term) throw new SchakelError("TEAM_NOT_FOUND");
    if (term.untilOn !== null && (untilOn === null || term.untilOn < untilOn)) untilOn = term.untilOn;
  }
  return { untilOn };
}
