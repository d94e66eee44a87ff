// reconcile: does what sources wrote down themselves agree with the hub's log?

import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Client } from "pg";
import { createSigner } from "../../../../shared/access-log/checkpoint";
import { keysDirectory } from "../../../../shared/kernel/service-settings";
import { loadRegion, type Region } from "../../../../shared/region/region";
import { subgraphUrls } from "../../../../shared/region/subgraph-urls";
import type { DeliveryRange } from "../../../../shared/subgraph-kit/deliveries/read-deliveries";
import { openHubConnections } from "../keep/hub-connections";
import { SERIOUS, type Difference } from "../reconcile/differences";
import {
  sourceInFolder,
  SourceUnread,
  sourceThatIsAsked,
  type RecordedSource,
} from "../reconcile/read-source";
import { reconcile, type Reconciliation } from "../reconcile/reconcile";
import { reconciledEntry } from "../reconcile/run-reconciliation";
import { MissingFile, operatorOf, putOnRecord, withDatabase, type LogEnvironment } from "./surroundings";
import { BROKEN, counted, FINE, print, toMoment, WrongUse } from "./words";

/** Options of the command. */
export interface ReconcileOptions {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** One source; all of the region when left out. */
  readonly organisation?: string | undefined;
  /** Folder with the records of sources; without it the sources are asked. */
  readonly deliveries?: string | undefined;
  /** Who asks, for the entry that records it. */
  readonly by?: string | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Differences that are written out for one source; the rest is counted. */
const MOST_TOLD = 50;

const MEANINGS: Readonly<Record<Difference["kind"], string>> = {
  NOT_IN_HUB_LOG: "delivered by the source, and not in the hub's log",
  REQUESTER_DIFFERS: "in the log under another worker, function or purpose",
  MORE_AT_SOURCE: "delivered by the source, and not named as delivered in the hub's log",
  MORE_IN_HUB_LOG: "named as delivered in the hub's log, and not given by the source",
  NOT_AT_SOURCE: "in the hub's log as delivered, and not written down by the source",
};

/** What came of one source, or why it could not be compared. */
type Compared = Reconciliation | { readonly organisation: string; readonly failure: string };

/** Runs it; gives the exit code. That the log was read is on record before anything is printed. */
export async function reconcileCommand(env: LogEnvironment, options: ReconcileOptions): Promise<number> {
  const operator = await operatorOf(env, options.by);
  const range = rangeOf(options);
  const sources = await sourcesOf(env, options);
  const compared = await withDatabase(env, async (client) => {
    const all: Compared[] = [];
    for (const source of sources) all.push(await compareOne(client, source, range));
    return all;
  });
  await putOnRecord(
    env,
    compared.map((one) => reconciledEntry(one.organisation, isEqual(one), operator)),
  );
  for (const one of compared) {
    if ("failure" in one) print(`${one.organisation}: could not be compared: ${one.failure}.`);
    else tell(one);
  }
  const equal = compared.every(isEqual);
  print(
    equal
      ? "The hub's log and what the sources wrote down are equal."
      : "They are NOT equal, or could not all be compared.",
  );
  return equal ? FINE : BROKEN;
}

const isEqual = (one: Compared): boolean => !("failure" in one) && one.differences.length === 0;

async function compareOne(client: Client, source: RecordedSource, range: DeliveryRange): Promise<Compared> {
  try {
    return await reconcile(client, source, range);
  } catch (error) {
    if (!(error instanceof SourceUnread)) throw error;
    return { organisation: source.organisation, failure: error.message };
  }
}

/** The last day when nothing is said. */
function rangeOf({ from, to }: ReconcileOptions): DeliveryRange {
  const end = toMoment(to, "to") ?? new Date().toISOString();
  const begin = toMoment(from, "from") ?? new Date(Date.parse(end) - DAY_MS).toISOString();
  if (begin >= end) throw new WrongUse("--from is before --to.");
  return { from: begin, to: end };
}

async function sourcesOf(
  env: LogEnvironment,
  { organisation, deliveries }: ReconcileOptions,
): Promise<RecordedSource[]> {
  const region = loadRegion(env.SCHAKEL_REGION);
  const codes = region.organisations.map(({ code }) => code as string);
  if (organisation !== undefined && !codes.includes(organisation)) {
    throw new WrongUse(`--organisation is one of: ${codes.join(", ")}.`);
  }
  const wanted = organisation === undefined ? codes : [organisation];
  return deliveries === undefined
    ? askedSources(env, region, wanted)
    : wanted.map((code) => sourceInFolder(path.resolve(deliveries), code));
}

async function askedSources(
  env: LogEnvironment,
  region: Region,
  codes: readonly string[],
): Promise<RecordedSource[]> {
  const file = path.join(keysDirectory(env), "log-private.jwk.json");
  const text = await readFile(file, "utf8").catch(() => {
    throw new MissingFile(
      `There is no ${file} to ask the sources with; --deliveries names a folder with their records.`,
    );
  });
  const signer = createSigner(JSON.parse(text));
  const urls = subgraphUrls(region, env, process.env);
  // The command ends before anything is renewed.
  const connections = await openHubConnections(env, () => undefined);
  return codes.map((code) =>
    sourceThatIsAsked(code, { url: new URL("deliveries", urls.get(code)), signer, connections }),
  );
}

function tell({ organisation, range, counts, differences }: Reconciliation): void {
  print(
    `${organisation}: ${counted(counts.lines, "line", "lines")} of the source against ` +
      `${counted(counts.entries, "entry", "entries")} of the log, from ${range.from} to ${range.to}.`,
  );
  const notes = [
    [counts.equal, "delivered, and equal on both sides"],
    [
      counts.notPassedOn,
      "delivered by the source; by the log nothing of it left the hub (FAILED, UNAVAILABLE)",
    ],
    [counts.sourceFailed, "cut short by a fault that the source tells itself"],
    [counts.underWay, "too young to be on record on both sides"],
    [counts.notComparable, "about a subject of which the key was destroyed"],
    [counts.refusedBySource, "with something that the source refused by its own rules"],
    [counts.refusedRequests, "requests that the source refused: without a grant, or outside it"],
    [counts.unreadable, "lines of the source that cannot be read"],
  ] as const;
  for (const [count, meaning] of notes) if (count > 0) print(`  ${count} ${meaning}`);
  const serious = differences.filter(({ kind }) => SERIOUS.includes(kind));
  const others = differences.filter(({ kind }) => !SERIOUS.includes(kind));
  if (differences.length > 0) {
    print(
      `  ${counted(serious.length, "SERIOUS difference", "SERIOUS differences")}, ${others.length} to explain:`,
    );
  }
  for (const one of [...serious, ...others].slice(0, MOST_TOLD)) print(`    ${lineOf(one)}`);
  if (differences.length > MOST_TOLD) print(`    and ${differences.length - MOST_TOLD} more.`);
}

function lineOf({
  kind,
  at,
  traceId,
  subjectType,
  subjectId,
  categories,
  requestOnRecord,
}: Difference): string {
  const what = categories.length > 0 ? `: ${categories.join(", ")}` : "";
  const whole = kind === "NOT_IN_HUB_LOG" && !requestOnRecord ? " (nothing of the request is)" : "";
  return `${kind} ${at} trace ${traceId} ${subjectType} ${subjectId}: ${MEANINGS[kind]}${whole}${what}`;
}
