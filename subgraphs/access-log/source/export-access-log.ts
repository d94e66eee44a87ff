// Exporting the log of the own organisation as a text, of a bounded size: longer ones are written by `npm run log -- export`.

import type { Grant } from "../../../shared/kernel/requester";
import { toCursor } from "../mapping/cursor";
import { EXPORT_WRITERS } from "../mapping/export/export-writers";
import { toFilter } from "../mapping/to-filter";
import { EXPORT_LIMIT, type AccessLogExport, type ExportAccessLogInput } from "../types/access-log-export";
import type { AccessLogStores } from "./access-log-stores";
import { organisationOfOfficer } from "./privacy-officer";
import { readPage } from "./read-access-log";

/**
 * The text. Throws ACCESS_DENIED and SECOND_FACTOR_REQUIRED (see `organisationOfOfficer`), INPUT_INVALID,
 * RECORD_UNAVAILABLE.
 */
export async function exportAccessLog(
  stores: AccessLogStores,
  grant: Grant,
  { filter, format, first, after }: ExportAccessLogInput,
): Promise<AccessLogExport> {
  const organisation = organisationOfOfficer(grant, stores.region);
  const wanted = toFilter(organisation, filter ?? {}, "input.filter");
  const page = { first, after, limit: EXPORT_LIMIT, within: "input." };
  const { entries, hasNextPage } = await readPage(stores, wanted, page);
  const { mediaType, head, between, tail, empty = head + tail, write } = EXPORT_WRITERS[format];
  const last = entries.at(-1);
  return {
    format,
    mediaType,
    content:
      entries.length === 0
        ? empty
        : head + entries.map((entry) => write(entry, stores.rules)).join(between) + tail,
    entries: entries.length,
    pageInfo: { hasNextPage, endCursor: last ? toCursor(last) : null },
  };
}
