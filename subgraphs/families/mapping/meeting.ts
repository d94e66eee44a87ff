// Rows of hub.meeting -> the contract.

import type { Meeting } from "../types/meeting";

export interface MeetingRow {
  readonly id: string;
  readonly family_id: string;
  readonly participants: string[];
  readonly organisation: string;
  readonly planned_on: string;
  readonly held_on: string;
}

export const MEETING_COLUMNS = "id, family_id, participants, organisation, planned_on, held_on";

/** Who planned it stays in the register. Throws when the database gave no row. */
export function toMeeting(row: MeetingRow | undefined): Meeting {
  if (!row) throw new Error("The database returned no meeting.");
  const { id, participants, organisation } = row;
  return { id, participants, organisation, plannedOn: row.planned_on, heldOn: row.held_on };
}
