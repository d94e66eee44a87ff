// For which team a worker acts. The issuer says what the worker wishes, the register of teams what is so, at every request
// anew: a membership that ends is over with the next one, whatever the token still says.

import type { EmployedWorker } from "../../shared/database/team-memberships";
import { SchakelError } from "../../shared/kernel/errors";
import type { Requester } from "../../shared/kernel/requester";

/** The teams that a worker belongs to now, the longest membership first. */
export type TeamsOf = (worker: EmployedWorker) => Promise<readonly string[]>;

/** The requester, acting for no team. */
export function withoutTeam({ team: _team, ...requester }: Requester): Requester {
  return requester;
}

/**
 * The requester with the team that they act for by the register: the one of the token when they belong to it, else the one
 * that they have been in longest; none when they are in none. A team opens nothing by itself: what it has is assigned to it.
 * Throws RECORD_UNAVAILABLE when the register cannot be read.
 */
export async function confirmTeam(requester: Requester, teamsOf: TeamsOf): Promise<Requester> {
  // A family has no colleagues.
  if (requester.kind === "FAMILY") return withoutTeam(requester);
  let teams: readonly string[];
  try {
    teams = await teamsOf(requester);
  } catch (cause) {
    throw new SchakelError("RECORD_UNAVAILABLE", {}, { cause });
  }
  const { team: wished } = requester;
  const team = wished !== undefined && teams.includes(wished) ? wished : teams[0];
  return { ...withoutTeam(requester), ...(team === undefined ? {} : { team }) };
}
