// The arguments of the connect command.

import { parseArgs } from "node:util";

/** What the command is asked to do. */
export type ConnectCommand =
  | { readonly kind: "help" }
  | { readonly kind: "schema"; readonly organisation: string }
  | {
      readonly kind: "check";
      readonly url: URL;
      readonly organisation: string | undefined;
      readonly known: string | undefined;
      readonly operations: string | undefined;
      readonly key: string | undefined;
      readonly deadlineMs: number;
      readonly json: boolean;
    };

/** Arguments that the command does not understand; the text says what it takes. */
export class ArgumentError extends Error {
  override name = "ArgumentError";
}

const DEFAULT_DEADLINE_MS = 2_000;
const LONGEST_DEADLINE_MS = 15_000;

export const USAGE = `Usage: npm run --silent connect -- schema --organisation CODE
       npm run --silent connect -- check <url> [options]

schema prints the schema that the subgraph of this organisation serves, for who writes one in any language.

check looks at a subgraph in any language as the gateway will meet it, and tells for each finding the cause and the
remedy. It reads, and asks only for the records that you name.

  --organisation CODE   whose subgraph it is; needed unless the region has one with this address
  --known FILE          records of the test system, of synthetic people alone:
                        {"families": ["case reference", ...], "persons": ["pseudonym", ...], "refused": ["..."]}
  --operations FOLDER   the .graphql documents that are used; what breaks one of them is told
  --key FILE            private key of grants (JWK); <keys folder>/grant-private.jwk.json
  --deadline-ms N       milliseconds that the gateway waits; ${DEFAULT_DEADLINE_MS}
  --json                the report as JSON
  --help                this text

check ends with 0 when the subgraph can be connected, 1 when something has to be mended, 2 for wrong use, and 3 when nothing
failed but not everything was checked.`;

/** Reads the arguments; throws an ArgumentError that says what is accepted. */
export function readConnectArguments(args: readonly string[]): ConnectCommand {
  const { values, positionals } = parse(args);
  const [verb, address, ...rest] = positionals;
  if (values.help || verb === "help") return { kind: "help" };
  if (verb === "schema") {
    if (values.organisation === undefined)
      throw new ArgumentError(`Say whose: --organisation CODE.\n${USAGE}`);
    return { kind: "schema", organisation: values.organisation };
  }
  if (verb !== "check") throw new ArgumentError(`Say what to do: schema or check.\n${USAGE}`);
  if (address === undefined || rest.length > 0)
    throw new ArgumentError(`Give one address to check.\n${USAGE}`);
  return {
    kind: "check",
    url: readUrl(address),
    organisation: values.organisation,
    known: values.known,
    operations: values.operations,
    key: values.key,
    deadlineMs: readDeadline(values["deadline-ms"]),
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        organisation: { type: "string" },
        known: { type: "string" },
        operations: { type: "string" },
        key: { type: "string" },
        "deadline-ms": { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new ArgumentError(`${(error as Error).message}\n${USAGE}`);
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    throw new ArgumentError("The address is no http or https URL, such as https://host/graphql.");
  }
  return url;
}

function readDeadline(text: string | undefined): number {
  const value = text === undefined ? DEFAULT_DEADLINE_MS : Number(text);
  if (!Number.isInteger(value) || value < 1 || value > LONGEST_DEADLINE_MS) {
    throw new ArgumentError(`--deadline-ms takes 1 to ${LONGEST_DEADLINE_MS}.`);
  }
  return value;
}
