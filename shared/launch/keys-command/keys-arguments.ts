// The arguments of the keys command.

import { parseArgs } from "node:util";
import { MOST_AT_ONCE } from "../../subgraph-kit/renewal/renewal-request";
import type { PseudonymCommand } from "../pseudonym-keys/command";

/** What the keys command is asked to do. */
export type KeysCommand =
  | { readonly kind: "help" }
  | { readonly kind: "status" }
  | { readonly kind: "make-own"; readonly organisation: string; readonly hub?: string }
  | {
      readonly kind: "rotate" | "retire";
      readonly key: "grant";
      readonly immediately: boolean;
      readonly by?: string;
    }
  | ({ readonly key: "pseudonym" } & PseudonymCommand);

/** Arguments that the command does not understand; the text says what it does. */
export class ArgumentError extends Error {
  override name = "ArgumentError";
}

export const USAGE = [
  "Usage: npm run --silent keys -- status",
  "       npm run --silent keys -- rotate grant [--now]",
  "       npm run --silent keys -- retire grant [--now]",
  "       npm run --silent keys -- rotate pseudonym <organisation> [--batch ROWS]",
  "       npm run --silent keys -- retire pseudonym <organisation> [--batch ROWS]",
  "       npm run --silent keys -- make-own <organisation> [--hub FOLDER]",
  "",
  "status shows which keys sign and verify grants, by their kid, and the versions of the keys of pseudonyms.",
  "",
  "Of grants, rotate lets the next key sign and publishes a new next",
  "one; sources go on accepting the previous one. retire takes the previous one out. Either refuses while the last change",
  "need not be known to every gateway and source; --now does not wait for that.",
  "",
  "Of the pseudonyms of an organisation, rotate adds a version and renews the register, with both versions valid; ended in",
  "the middle, it goes on when it is begun again. retire takes the older version out, two minutes after that at the earliest.",
  "",
  "make-own is for an organisation on a machine of its own: it makes the keys of that organisation alone, takes the public keys",
  "of the hub out of the folder that --hub names, and says what to hand over. It needs no database.",
  "",
  "A running hub needs no restart. What is changed is on record in the access log first, so the hub's database is needed.",
  "--by ID says who gives the command, where nothing says it better (SCHAKEL_OPERATOR_TOKEN, SCHAKEL_OPERATORS_FILE).",
].join("\n");

/** Reads the arguments; throws an ArgumentError that says what is accepted. */
export function readKeysArguments(args: readonly string[]): KeysCommand {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: "help" };
  const [verb, key, ...rest] = positionals;
  if (verb === "make-own") return ownOf([key, ...rest], values);
  if (values.hub !== undefined) throw new ArgumentError(`--hub goes with make-own.\n${USAGE}`);
  const by = byOf(values.by);
  if (
    verb === "status" &&
    key === undefined &&
    !values.now &&
    values.batch === undefined &&
    values.by === undefined
  )
    return { kind: "status" };
  if (
    (verb === "rotate" || verb === "retire") &&
    key === "grant" &&
    rest.length === 0 &&
    values.batch === undefined
  ) {
    return { kind: verb, key, immediately: values.now ?? false, ...by };
  }
  const [organisation, ...more] = rest;
  const isOfPseudonyms = (verb === "rotate" || verb === "retire") && key === "pseudonym";
  if (isOfPseudonyms && organisation !== undefined && more.length === 0 && !values.now) {
    const batch = values.batch === undefined ? undefined : batchOf(values.batch);
    return { kind: verb, key, organisation, ...(batch === undefined ? {} : { batch }), ...by };
  }
  throw new ArgumentError(USAGE);
}

function ownOf(
  [organisation, ...more]: readonly (string | undefined)[],
  { hub, now, batch, by }: ReturnType<typeof parse>["values"],
): KeysCommand {
  const others = [now, batch, by].some((value) => value !== undefined);
  if (organisation === undefined || more.length > 0 || others || hub === "") throw new ArgumentError(USAGE);
  return { kind: "make-own", organisation, ...(hub === undefined ? {} : { hub }) };
}

/** Who gives the command, as they say themselves. */
function byOf(by: string | undefined): { readonly by?: string } {
  if (by === undefined) return {};
  if (/^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$/.test(by)) return { by };
  throw new ArgumentError(`--by takes the id of who gives the command.\n${USAGE}`);
}

/** Rows at a time. */
function batchOf(text: string): number {
  const batch = Number(text);
  if (Number.isInteger(batch) && batch >= 1 && batch <= MOST_AT_ONCE) return batch;
  throw new ArgumentError(`--batch: a number of rows, 1 to ${MOST_AT_ONCE}\n${USAGE}`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        now: { type: "boolean" },
        batch: { type: "string" },
        by: { type: "string" },
        hub: { type: "string" },
      },
    });
  } catch (error) {
    throw new ArgumentError(`${(error as Error).message}\n${USAGE}`);
  }
}
