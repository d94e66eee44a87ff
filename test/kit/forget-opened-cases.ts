// Takes out of a hub's registers what tests opened there: other tests count what is in them.

import { asOwner } from "./hub-database";
import type { HubPlace } from "./hub-place";

/** Everything about the families that an opened case made; ids of those begin as `joinFamily` makes them. */
const OF_OPENED = "in (select id from hub.family where inflow = 'OPENED_CASE')";

/** Forgets every family that `openCase` made, with all that hangs on it. */
export async function forgetOpenedCases(place: HubPlace): Promise<void> {
  await asOwner(place, async (owner) => {
    await owner.query(
      `delete from hub.task_event where task_id in (select id from hub.task where family_id ${OF_OPENED})`,
    );
    await owner.query(
      `delete from hub.known_here_match where check_id in
         (select id from hub.known_here_check where family_id ${OF_OPENED})`,
    );
    await owner.query(
      `delete from hub.person_pseudonym where person_id in (select id from hub.person where family_id ${OF_OPENED})`,
    );
    for (const table of [
      "task",
      "known_here_check",
      "case_opening",
      "investigation",
      "assignment",
      "involvement",
      "person",
    ]) {
      await owner.query(`delete from hub.${table} where family_id ${OF_OPENED}`);
    }
    await owner.query("delete from hub.family where inflow = 'OPENED_CASE'");
  });
}
