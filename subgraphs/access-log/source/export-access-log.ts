// Exporting the log of the own organisation as a text, of a bounded size: longer ones are written by `npm run log -- export`.

import type { Grant } from "../../../shared/kernel/requester";
import { toCursor } from "../mapping/cursor";
import { EXPORT_WRITERS } from "../mapping/export/export-writers";
import { toFilter } from "../mapping/to-filter";
import {
  EXPORT_BYTES,
  EXPORT_LIMIT,
  type AccessLogExport,
  type ExportAccessLogInput,
} from "../types/access-log-export";
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
  const written = writeUpTo(EXPORT_BYTES, entries, (entry) => write(entry, stores.rules));
  const last = entries[written.length - 1];
  return {
    format,
    mediaType,
    content: written.length === 0 ? empty : head + written.join(between) + tail,
    entries: written.length,
    pageInfo: {
      hasNextPage: hasNextPage || written.length < entries.length,
      endCursor: last ? toCursor(last) : null,
    },
  };
}

/** The texts of the first entries, as many as fit, and one at least: what is left is had by going on from its end. */
function writeUpTo<T>(bytes: number, entries: readonly T[], write: (entry: T) => string): string[] {
  const written: string[] = [];
  let left = bytes;
  for (const entry of entries) {
    const text = write(entry);
    left -= Buffer.byteLength(text);
    if (left < 0 && written.length > 0) break;
    written.push(text);
  }
  return written;
}
