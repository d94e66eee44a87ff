// The messages in a folder at one moment: which file holds the newest message about each case. Of what is in them only the
// names of files are kept in memory; a message is read again when somebody asks for its case.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { identitiesIn, valueAt } from "../case-reader";
import { encodingOfXml } from "../http";
import type { PersonIdentity } from "../person-index";
import { SourceFailed } from "../source-failure";
import { decodeText } from "../text-encoding";
import { parseXml } from "../xml";
import type { XmlFiles } from "./settings";

/** Where the newest message about a case is. */
interface Place {
  readonly file: string;
  readonly moment: string;
}

/** The messages of a folder. */
export interface XmlVersion {
  /** Files that hold no message that can be read; each is as if it were not there. */
  readonly unreadable: number;
  cases(references: readonly string[]): Promise<Map<string, unknown>>;
  identities(): Promise<PersonIdentity[]>;
  close(): Promise<void>;
}

async function readMessage(file: string, source: XmlFiles): Promise<unknown> {
  const bytes = await readFile(file);
  const found = valueAt(parseXml(decodeText(bytes, encodingOfXml(bytes) ?? "utf-8")), source.root);
  if (typeof found !== "object" || found === null) throw new SourceFailed("FAILED", "NO_CASE");
  return found;
}

/** Reads every message once. `known` are places out of the version before: what was read then is not read again. */
export async function openXmlVersion(
  folder: string,
  names: readonly string[],
  source: XmlFiles,
  known: Map<string, { reference: string; moment: string } | null>,
): Promise<XmlVersion> {
  const places = new Map<string, Place>();
  let unreadable = 0;
  for (const name of names) {
    if (!known.has(name)) known.set(name, await headOf(path.join(folder, name), source));
    const head = known.get(name);
    if (!head) unreadable += 1;
    else if ((places.get(head.reference)?.moment ?? "") <= head.moment) {
      places.set(head.reference, { file: path.join(folder, name), moment: head.moment });
    }
  }
  const read = async (references: Iterable<string>): Promise<Map<string, unknown>> => {
    const found = new Map<string, unknown>();
    for (const reference of references) {
      const place = places.get(reference);
      if (place) found.set(reference, await readMessage(place.file, source));
    }
    return found;
  };
  return {
    unreadable,
    cases: read,
    identities: async () => {
      const oldestFirst = Array.from(places).toSorted(([, one], [, other]) =>
        one.moment < other.moment ? -1 : 1,
      );
      return identitiesIn(await read(oldestFirst.map(([reference]) => reference)), source.shape);
    },
    close: async () => undefined,
  };
}

async function headOf(file: string, source: XmlFiles): Promise<{ reference: string; moment: string } | null> {
  try {
    const message = await readMessage(file, source);
    const reference = valueAt(message, source.shape.reference);
    const moment = valueAt(message, source.moment);
    return typeof reference === "string" && typeof moment === "string" ? { reference, moment } : null;
  } catch {
    return null;
  }
}
