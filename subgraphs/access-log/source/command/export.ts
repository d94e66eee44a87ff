// export: writes what the log holds about one organisation, as employer or as source, to a file; of any length.

import { randomBytes } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import type { ClientBase } from "pg";
import { knownByOf } from "../../../../shared/administration/act-record";
import type { Operator } from "../../../../shared/administration/operator";
import type { AccessLogEntry, NewAccessLogEntry } from "../../../../shared/access-log/access-log-entry";
import type { AccessLogFilter } from "../../../../shared/access-log/entry-filter";
import { findEntries } from "../../../../shared/access-log/find-entries";
import { KEEPER_ENTRY } from "../../../../shared/access-log/raise-signal";
import { openRuleBook } from "../../../../shared/access-log/rule-words/rule-words";
import { toTraceId } from "../../../../shared/kernel/ids";
import { loadRegion } from "../../../../shared/region/region";
import { AS_CSV } from "../../mapping/export/as-csv";
import { AS_FHIR_LINES } from "../../mapping/export/as-fhir";
import { AS_JSON } from "../../mapping/export/as-json";
import type { ExportWriter } from "../../mapping/export/export-writer";
import {
  atOneMoment,
  MissingFile,
  operatorOf,
  putOnRecord,
  withDatabase,
  type LogEnvironment,
} from "./surroundings";
import { counted, FINE, print, toMoment, WrongUse } from "./words";

/** Options of the command. */
export interface ExportOptions {
  readonly organisation?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly family?: string | undefined;
  readonly person?: string | undefined;
  readonly worker?: string | undefined;
  readonly format?: string | undefined;
  readonly out?: string | undefined;
  /** Who asks, for the entry that records it. */
  readonly by?: string | undefined;
}

const WRITERS: Readonly<Record<string, ExportWriter>> = { csv: AS_CSV, json: AS_JSON, fhir: AS_FHIR_LINES };
/** Entries that are in memory at once. */
const PAGE = 5_000;

/**
 * Runs it; gives the exit code. That it was exported is on record before anything is written, where the organisation sees it.
 */
export async function exportLog(env: LogEnvironment, options: ExportOptions): Promise<number> {
  const operator = await operatorOf(env, options.by);
  const filter = filterOf(env, options);
  const { format = "csv", out } = options;
  const writer = Object.hasOwn(WRITERS, format) ? WRITERS[format] : undefined;
  if (!writer) throw new WrongUse(`--format is one of: ${Object.keys(WRITERS).join(", ")}.`);
  if (!out) throw new WrongUse("--out names the file to write.");
  const file = await openNew(out);
  try {
    const entry = await withDatabase(env, (client) => exportedEntry(client, filter, operator));
    await putOnRecord(env, [entry]);
    const entries = await withDatabase(env, async (client) =>
      atOneMoment(client, () => writeAll(client, filter, writer, file)),
    );
    print(`${counted(entries, "entry", "entries")} of ${filter.concerning} in ${out}.`);
    return FINE;
  } finally {
    await file.close();
  }
}

function filterOf(env: LogEnvironment, options: ExportOptions): AccessLogFilter {
  const { organisation, family, person, worker } = options;
  const codes = loadRegion(env.SCHAKEL_REGION).organisations.map(({ code }) => code as string);
  if (organisation === undefined || !codes.includes(organisation)) {
    throw new WrongUse(`--organisation is one of: ${codes.join(", ")}.`);
  }
  const from = toMoment(options.from, "from");
  const to = toMoment(options.to, "to");
  if (from !== undefined && to !== undefined && from >= to) throw new WrongUse("--to comes after --from.");
  return {
    concerning: organisation,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(family === undefined ? {} : { familyId: family }),
    ...(person === undefined ? {} : { personId: person }),
    ...(worker === undefined ? {} : { worker }),
  };
}

/** A file of its own, that nobody else can read: what is there already may be somebody's. */
async function openNew(file: string): Promise<FileHandle> {
  try {
    return await open(file, "wx", 0o600);
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw new MissingFile(exists ? `${file} exists already.` : `${file} cannot be written.`);
  }
}

const FIND_FAMILY = `select family_id as "familyId" from access_log.subject_key
where key is not null and subject_type = $1 and subject_id = $2 and family_id is not null limit 1`;

/** That it was exported, by whom, and about whom if about somebody; at the organisation whose log it is. */
async function exportedEntry(
  client: ClientBase,
  { concerning, familyId, personId }: AccessLogFilter,
  operator: Operator,
): Promise<NewAccessLogEntry> {
  const base = {
    ...KEEPER_ENTRY,
    act: "EXPORT",
    traceId: toTraceId(randomBytes(16).toString("hex")),
    worker: operator.id,
    source: concerning,
    operation: "export",
    rules: [],
    reliedOn: [knownByOf(operator)],
  } as const;
  const subjectId = personId ?? familyId;
  if (subjectId === undefined) return base;
  const subjectType = personId === undefined ? "FAMILY" : "PERSON";
  const { rows } = await client.query<{ familyId: string }>(FIND_FAMILY, [subjectType, subjectId]);
  return { ...base, subjectType, subjectId, familyId: rows[0]?.familyId ?? null };
}

/** Writes every entry, newest first; resolves with their number. */
async function writeAll(
  client: ClientBase,
  filter: AccessLogFilter,
  { head, between, tail, write }: ExportWriter,
  file: FileHandle,
): Promise<number> {
  const rules = openRuleBook();
  let written = 0;
  await file.appendFile(head);
  for (let after: AccessLogEntry | undefined; ;) {
    const page = await findEntries(client, filter, { first: PAGE, ...(after ? { after } : {}) });
    const text = page.entries.map((entry) => write(entry, rules)).join(between);
    await file.appendFile((written > 0 && page.entries.length > 0 ? between : "") + text);
    written += page.entries.length;
    after = page.entries.at(-1);
    if (!page.hasNextPage) break;
  }
  await file.appendFile(tail);
  await file.datasync();
  return written;
}
