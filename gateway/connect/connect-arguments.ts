// The arguments of the connect command.

import path from "node:path";
import { parseArgs } from "node:util";
import { ArgumentError } from "./argument-error";
import { KEPT } from "./known-use";
import type { NewCommand } from "./new/new-command";
import { ORGANISATION_KINDS, QUESTIONS, SOURCE_KINDS, type NewAnswers } from "./new/new-organisation";

/** What the command is asked to do. */
export type ConnectCommand =
  | { readonly kind: "help" }
  | { readonly kind: "schema"; readonly organisation: string }
  | { readonly kind: "used"; readonly json: boolean }
  | NewCommand
  | {
      readonly kind: "check";
      readonly url: URL;
      readonly organisation: string | undefined;
      readonly known: string | undefined;
      readonly operations: string | undefined;
      readonly supergraph: string | undefined;
      readonly key: string | undefined;
      readonly deadlineMs: number;
      readonly json: boolean;
    };

/** `gateway/connect` is two folders below it, in the checkout; in dist it is three. */
const CHECKOUT = path.resolve(
  __dirname,
  "..",
  "..",
  path.basename(path.resolve(__dirname, "..", "..")) === "dist" ? ".." : ".",
);
const DEFAULT_DEADLINE_MS = 2_000;
const LONGEST_DEADLINE_MS = 15_000;

export const USAGE = `Usage: npm run --silent connect -- schema --organisation CODE
       npm run --silent connect -- new <name> [options]
       npm run --silent connect -- check <url> [options]
       npm run --silent connect -- used [--json]

schema prints the schema that the subgraph of this organisation serves, for who writes one in any language.

new writes subgraphs/<name>, a subgraph folder that works, with a mapping, a README and tests, and prints what has to stand
in the region file. <name> is small letters, digits and hyphens. At a terminal it asks what it was not told:

  --title TEXT          its name, for people; needed
  --kind KIND           what it is in law: ${ORGANISATION_KINDS.join(", ")}; needed
  --source KIND         its system gives what it holds by ${SOURCE_KINDS.join(", ")}; needed
  --phone NUMBER        where workers can phone it; needed
  --field NAME          the field that it adds to Family and Person; follows from the name
  --legal-entity CODE   organisations of one legal entity have the same; the name
  --owner TEXT          who in it answers for the service: a role or a department
  --contact ADDRESS     mail address about the service
  --into FOLDER         the checkout in which it is written; the one of this command

check looks at a subgraph in any language as the gateway will meet it, and tells for each finding the cause and the
remedy. It reads, and asks only for the records that you name.

  --organisation CODE   whose subgraph it is; needed unless the region has one with this address
  --known FILE          records of the test system, of synthetic people alone:
                        {"families": ["case reference", ...], "persons": ["pseudonym", ...], "refused": ["..."]}
  --operations PLACE    the operations that are used: a folder of .graphql documents, or a list as SCHAKEL_OPERATIONS takes
                        it; or ${KEPT}: what the gateways saw being asked, in the database of the hub; or a file of
                        that. What breaks one of them is told. SCHAKEL_OPERATIONS
  --supergraph FILE     the supergraph that the hub runs: the schema is composed with the others in it, and compared with
                        its own in it; those of this checkout
  --key FILE            private key of grants (JWK); <keys folder>/grant-private.jwk.json
  --deadline-ms N       milliseconds that the gateway waits; ${DEFAULT_DEADLINE_MS}
  --json                the report as JSON
  --help                this text

used lists what the gateways saw being asked of the contract, with the last day of each part; --json is the file for
--operations. DATABASE_URL, or else the embedded database

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
  if (verb === "new") {
    if (address === undefined || rest.length > 0) throw new ArgumentError(`Give one name.\n${USAGE}`);
    return {
      kind: "new",
      answers: readAnswers(address, values),
      into: path.resolve(values.into ?? CHECKOUT),
    };
  }
  if (verb === "used") {
    if (address !== undefined) throw new ArgumentError(`used takes no more words.\n${USAGE}`);
    return { kind: "used", json: values.json ?? false };
  }
  if (verb !== "check") throw new ArgumentError(`Say what to do: schema, new, check or used.\n${USAGE}`);
  if (address === undefined || rest.length > 0)
    throw new ArgumentError(`Give one address to check.\n${USAGE}`);
  return {
    kind: "check",
    url: readUrl(address),
    organisation: values.organisation,
    known: values.known,
    operations: values.operations,
    supergraph: values.supergraph,
    key: values.key,
    deadlineMs: readDeadline(values["deadline-ms"]),
    json: values.json ?? false,
  };
}

const ANSWERS = Object.fromEntries(QUESTIONS.map(({ flag }) => [flag, { type: "string" } as const]));

function readAnswers(code: string, values: Readonly<Record<string, unknown>>): NewAnswers {
  const given = QUESTIONS.flatMap(({ answer, flag }) => {
    const value = values[flag];
    return typeof value === "string" ? [[answer, value] as const] : [];
  });
  return { code, ...Object.fromEntries(given) };
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
        supergraph: { type: "string" },
        key: { type: "string" },
        "deadline-ms": { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
        into: { type: "string" },
        ...ANSWERS,
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
