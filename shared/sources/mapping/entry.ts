// A piece of a mapping file with the line it stands on; what has not the form that is asked is a fault of that line.

import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from "yaml";
import type { z } from "zod";
import type { MappingFaults } from "./faults";

/** What the entries of one file share. */
interface File {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly faults: MappingFaults;
}

/** One entry. Its readers give undefined, and a fault, where the form is another one. */
export class Entry {
  private readonly file: File;
  private readonly node: Node | null;
  readonly line: number;

  constructor(file: File, node: unknown, line: number) {
    this.file = file;
    const given = node as Node | null;
    this.node = isAlias(given) ? (given.resolve(file.document) ?? null) : given;
    // What stands under an alias is told where it is used.
    this.line = given?.range ? file.lines.linePos(given.range[0]).line : line;
  }

  fault(sentence: string): undefined {
    this.file.faults.add(this.line, sentence);
    return undefined;
  }

  get isText(): boolean {
    return isScalar(this.node) && typeof this.node.value === "string";
  }

  get isMap(): boolean {
    return isMap(this.node);
  }

  get isList(): boolean {
    return isSeq(this.node);
  }

  /** A text; a number or date that YAML could take for something else must be in quotes. */
  text(what: string): string | undefined {
    if (isScalar(this.node) && typeof this.node.value === "string" && this.node.value !== "") {
      return this.node.value;
    }
    return this.fault(`${what} must be a text (in quotes where it looks like a number)`);
  }

  /** Everything that stands here, checked; each issue is a fault of the line that it is about. */
  checked<T>(schema: z.ZodType<T>): T | undefined {
    const result = schema.safeParse(this.node?.toJS(this.file.document));
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) {
      const at = isMap(this.node) || isSeq(this.node) ? this.node.getIn(path, true) : undefined;
      const place = path.length > 0 ? `${path.join(".")}: ` : "";
      new Entry(this.file, at ?? null, this.line).fault(`${place}${message}`);
    }
    return undefined;
  }

  /** A text, number, flag or nothing at all as it stands. */
  plain(): unknown {
    return isScalar(this.node) ? this.node.value : undefined;
  }

  /** The entries of a list. */
  list(what: string): Entry[] {
    if (isSeq(this.node)) return this.node.items.map((item) => new Entry(this.file, item, this.line));
    this.fault(`${what} must be a list`);
    return [];
  }

  /** The entries of a map by their names. */
  map(what: string): Map<string, Entry> {
    const found = new Map<string, Entry>();
    if (!isMap(this.node)) {
      this.fault(`${what} must have entries of its own`);
      return found;
    }
    for (const { key, value } of this.node.items) {
      const line = (key as Node).range ? this.file.lines.linePos((key as Node).range![0]).line : this.line;
      // As it is written: a code 01 is no number.
      const name = isScalar(key) ? (key.source ?? String(key.value)) : "";
      const entry = new Entry(this.file, value, line);
      // The name's line, where the value may begin on the next one.
      found.set(name, Object.assign(entry, { line }));
    }
    return found;
  }

  /** As `map`, in the order of the file. */
  pairs(what: string): [string, Entry][] {
    return Array.from(this.map(what));
  }

  /** As `map`, of which each name must be among those. */
  mapOf<Name extends string>(what: string, names: readonly Name[]): Partial<Record<Name, Entry>> {
    const found = this.map(what);
    for (const [name, entry] of found) {
      if (!(names as readonly string[]).includes(name)) {
        entry.fault(`${what} knows no "${name}"; it has ${names.join(", ")}`);
      }
    }
    return Object.fromEntries(found) as Partial<Record<Name, Entry>>;
  }
}

/** Reads a file's text; what is no YAML, or has a name twice, is a fault. */
export function readEntries(text: string, faults: MappingFaults): Entry {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  for (const { message, pos } of [...document.errors, ...document.warnings]) {
    faults.add(lines.linePos(pos[0]).line, message);
  }
  return new Entry({ document, lines, faults }, document.contents, 1);
}
