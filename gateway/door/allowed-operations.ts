// Which operations each function may ask, when that is set: a list of documents that somebody looked at beforehand.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { GraphQLError, parse } from "graphql";
import { z } from "zod";
import { WorkerFunction, isCode } from "../../shared/kernel/codes";
import { SchakelError } from "../../shared/kernel/errors";
import { SettingsError } from "../../shared/kernel/settings";
import type { RequestBody } from "./read-body";

/** What stands for every function. */
const EVERYBODY = "ALL";

/** One document of the list. */
export interface Listed {
  readonly id: string;
  readonly document: string;
  /** Functions that may ask it; all when empty. */
  readonly functions: readonly WorkerFunction[];
}

/** The list, ready to be asked. */
export interface AllowedOperations {
  /** The text that a request asks: its own, or that of the document that it names. Throws OPERATION_NOT_ALLOWED. */
  textOf(body: RequestBody): unknown;
  /** Throws OPERATION_NOT_ALLOWED when this function may not ask this text. */
  hold(workerFunction: WorkerFunction, text: unknown): void;
}

const ListFile = z.array(
  z.strictObject({
    id: z
      .string()
      .regex(/^[\w.:-]{1,100}$/, { error: "letters, digits and . : - _" })
      .optional(),
    document: z.string().min(1),
    functions: z.array(z.union([z.literal(EVERYBODY), z.enum(Object.keys(WorkerFunction))])).min(1),
  }),
);

/** Line ends and space around a text are no part of it. */
const plain = (text: string): string => text.replaceAll("\r\n", "\n").trim();

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const functionsIn = (names: readonly string[]): WorkerFunction[] =>
  names.includes(EVERYBODY) ? [] : names.filter((name) => isCode(WorkerFunction, name));

function listedInFile(file: string): Listed[] {
  const found = ListFile.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!found.success) {
    throw new SettingsError(
      found.error.issues.map(({ path: at, message }) => `SCHAKEL_OPERATIONS: ${at.join(".")}: ${message}`),
    );
  }
  return found.data.map(({ id, document, functions }) => ({
    id: id ?? hashOf(plain(document)),
    document,
    functions: functionsIn(functions),
  }));
}

/** `<folder>/<FUNCTION or ALL>/<id>.graphql`; one document under several functions is one with all of these. */
function listedInFolder(folder: string): Listed[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      if (name !== EVERYBODY && !isCode(WorkerFunction, name)) {
        throw new SettingsError([`SCHAKEL_OPERATIONS: ${name}: the name of a function, or ${EVERYBODY}`]);
      }
      return readdirSync(path.join(folder, name))
        .filter((file) => file.endsWith(".graphql"))
        .map((file) => ({
          id: path.basename(file, ".graphql"),
          document: readFileSync(path.join(folder, name, file), "utf8"),
          functions: functionsIn([name]),
        }));
    });
}

/** The documents of a list: a JSON file or a folder. Throws a SettingsError when it is none, and what reading throws. */
export const listedAt = (place: string): readonly Listed[] =>
  statSync(place).isDirectory() ? listedInFolder(place) : listedInFile(place);

function faultOf({ id, document }: Listed): string[] {
  try {
    parse(document);
    return [];
  } catch (error) {
    return [`${id}: ${error instanceof GraphQLError ? error.message : "is no GraphQL"}`];
  }
}

/** Who may ask a text; undefined: everybody. */
type Askers = ReadonlySet<WorkerFunction> | undefined;

/** A list out of documents. Throws a SettingsError that names every one that is no GraphQL or has the id of another. */
function listOf(listed: readonly Listed[]): AllowedOperations {
  const byText = new Map<string, Askers>();
  const byId = new Map<string, string>();
  const faults = listed.flatMap(faultOf);
  for (const { id, document, functions } of listed) {
    const text = plain(document);
    const before = byText.get(text);
    const isForAll = functions.length === 0 || (byText.has(text) && before === undefined);
    byText.set(text, isForAll ? undefined : new Set([...(before ?? []), ...functions]));
    if ((byId.get(id) ?? text) !== text) faults.push(`${id}: another document has this id`);
    byId.set(id, text);
    byId.set(hashOf(text), text);
  }
  if (faults.length > 0) throw new SettingsError(faults.map((fault) => `SCHAKEL_OPERATIONS: ${fault}`));
  return {
    textOf: ({ query, documentId, extensions }) => {
      const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } };
      const named = documentId ?? persistedQuery?.sha256Hash;
      if (named === undefined || named === null) return query;
      const text = typeof named === "string" ? byId.get(named.replace(/^sha256:/, "")) : undefined;
      // A text beside its name must be the one that is named.
      const isOther = query !== undefined && (typeof query !== "string" || plain(query) !== text);
      if (text === undefined || isOther) throw new SchakelError("OPERATION_NOT_ALLOWED");
      return text;
    },
    hold: (workerFunction, query) => {
      const text = typeof query === "string" ? plain(query) : "";
      const isListed = byText.has(text);
      const askers = byText.get(text);
      if (!isListed || (askers && !askers.has(workerFunction)))
        throw new SchakelError("OPERATION_NOT_ALLOWED");
    },
  };
}

/** Every whole text may be asked, and none by a name: nothing is kept for somebody else to ask. */
export const ALL_OPERATIONS: AllowedOperations = {
  textOf: ({ query, documentId, extensions }) => {
    const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: unknown };
    if (documentId !== undefined || persistedQuery !== undefined) throw new SchakelError("REQUEST_MALFORMED");
    return query;
  },
  hold: () => undefined,
};

/**
 * Reads the list from a JSON file or a folder; every operation when `place` is undefined. Throws a SettingsError that lists
 * what is wrong.
 */
export function readAllowedOperations(place: string | undefined): AllowedOperations {
  if (place === undefined) return ALL_OPERATIONS;
  try {
    return listOf(listedAt(place));
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw new SettingsError(["SCHAKEL_OPERATIONS: a folder or JSON file that can be read"]);
  }
}
