// The requests for disclosure of the requester's organisation, and those to it.

import type { Pool } from "pg";
import type { Connection } from "../../../../shared/contract/values/connection";
import type { DisclosureState } from "../../../../shared/database/register-codes";
import { onRecord } from "../../../../shared/database/record-unavailable";
import type { Grant } from "../../../../shared/kernel/requester";
import {
  DISCLOSURE_COLUMNS,
  toCodedDisclosure,
  withTexts,
  type DisclosureRow,
  type DisclosureTexts,
} from "../../mapping/disclosure";
import type { Disclosure } from "../../types/disclosure";
import type { DisclosureSide } from "../../types/disclosure-enums";
import { findPage, type PageRequest } from "../page-by-moment";
import { FAMILY_OF_READER, isParty, mustBeOnSide, partyValues, WITH_MINE } from "./disclosure-parties";

/** Which requests. */
export interface DisclosureQuestion extends PageRequest {
  readonly side: DisclosureSide;
  readonly state?: DisclosureState | null | undefined;
}

/**
 * One page: of open requests the one that waits longest comes first, of all others the newest. Only about families that
 * the requester works with now. Throws ACCESS_DENIED, INPUT_INVALID for another number or cursor, RECORD_UNAVAILABLE.
 */
export async function findDisclosures(
  pool: Pool,
  grant: Grant,
  { side, state, ...page }: DisclosureQuestion,
): Promise<Connection<Disclosure>> {
  mustBeOnSide(grant, side);
  const { requester } = grant;
  const found = await onRecord(() =>
    findPage<DisclosureRow & DisclosureTexts>(pool, page, {
      before: WITH_MINE,
      columns: `${DISCLOSURE_COLUMNS}, ${FAMILY_OF_READER}, d.necessity, d.weighing`,
      table: "hub.disclosure",
      alias: "d",
      moment: "requested_at",
      where: `${isParty(side, requester)} and ($4::text is null or d.state = $4)`,
      values: [...partyValues(requester), state ?? null],
      newestFirst: state !== "REQUESTED",
    }),
  );
  const { organisation } = requester;
  return {
    ...found,
    edges: found.edges.map(({ cursor, node }) => ({
      cursor,
      node: withTexts(toCodedDisclosure(node, organisation), node, organisation),
    })),
  };
}
