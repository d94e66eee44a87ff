// What is wrong in a mapping file: all of it at once, each with file and line, before anything is served.

import { SettingsError } from "../../kernel/settings";

/** Collects the faults of one file. */
export class MappingFaults {
  private readonly found: { readonly line: number; readonly sentence: string }[] = [];
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  add(line: number, sentence: string): void {
    this.found.push({ line, sentence });
  }

  /** `<file>:<line>: <what is wrong>`, in the order of the file. */
  get lines(): string[] {
    return this.found
      .toSorted((one, other) => one.line - other.line)
      .map(({ line, sentence }) => `${this.file}:${line}: ${sentence}`);
  }

  /** Throws a SettingsError with all faults when there are any. */
  throwIfAny(): void {
    if (this.found.length > 0) throw new SettingsError(this.lines);
  }
}
