// The uses of the emergency procedure by the requester's own organisation.

import type { Pool } from "pg";
import type { Connection } from "../../../../shared/contract/values/connection";
import { onRecord } from "../../../../shared/database/record-unavailable";
import type { Grant } from "../../../../shared/kernel/requester";
import {
  EMERGENCY_COLUMNS,
  toCodedEmergency,
  withEmergencyTexts,
  type EmergencyRow,
  type EmergencyTexts,
} from "../../mapping/emergency";
import type { Emergency } from "../../types/emergency";
import { findPage, type PageRequest } from "../page-by-moment";
import { mustBeReviewer } from "./emergency-access";

/** One page, newest first. Throws ACCESS_DENIED, INPUT_INVALID for another number or cursor, RECORD_UNAVAILABLE. */
export async function findEmergencies(
  pool: Pool,
  grant: Grant,
  page: PageRequest,
): Promise<Connection<Emergency>> {
  mustBeReviewer(grant);
  const found = await onRecord(() =>
    findPage<EmergencyRow & EmergencyTexts>(pool, page, {
      before: "",
      columns: `${EMERGENCY_COLUMNS}, e.reason, e.review_note`,
      table: "hub.emergency",
      alias: "e",
      moment: "declared_at",
      where: "e.organisation = $1",
      values: [grant.requester.organisation],
      newestFirst: true,
    }),
  );
  return {
    ...found,
    edges: found.edges.map(({ cursor, node }) => ({
      cursor,
      node: withEmergencyTexts(toCodedEmergency(node), node),
    })),
  };
}
