// Sessions that were begun from this data directory, so that they can be renewed and ended: a file each, for the owner alone.

import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { SignInError } from "./sign-in-error";

const FOLDER = "sign-in";
const FILE_NAME = /^([a-z0-9-]+)\.[\w-]+\.json$/;

const KeptSession = z.object({
  organisation: z.string(),
  issuer: z.string(),
  sid: z.string().regex(/^[\w-]+$/),
  refreshToken: z.string(),
  /** When it was written (ISO 8601). */
  at: z.string(),
});

/** A session as it is kept. */
export type KeptSession = z.infer<typeof KeptSession>;

/** The sessions of one data directory. */
export class KeptSessions {
  readonly #folder: string;

  constructor(dataDirectory: string) {
    this.#folder = join(dataDirectory, FOLDER);
  }

  /** Keeps a session, in the place of what was kept of it before; never half a file. */
  keep(session: Omit<KeptSession, "at">): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const file = this.#fileOf(session);
    const draft = `${file}.${randomBytes(6).toString("hex")}`;
    const kept: KeptSession = { ...session, at: new Date().toISOString() };
    writeFileSync(draft, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  }

  /** Forgets a session that is over. */
  forget(session: KeptSession): void {
    rmSync(this.#fileOf(session), { force: true });
  }

  /** Sessions at this organisation, or at all; the newest first. Throws a SignInError that names a file that is broken. */
  list(organisation?: string): KeptSession[] {
    return this.#names()
      .filter((name) => organisation === undefined || FILE_NAME.exec(name)?.[1] === organisation)
      .map((name) => this.#read(name))
      .toSorted((one, other) => (one.at < other.at ? 1 : -1));
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder).filter((name) => FILE_NAME.test(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  #read(name: string): KeptSession {
    const file = join(this.#folder, name);
    try {
      return KeptSession.parse(JSON.parse(readFileSync(file, "utf8")));
    } catch {
      throw new SignInError(`The file ${file} is not what a sign-in writes; remove it.`);
    }
  }

  #fileOf({ organisation, sid }: Pick<KeptSession, "organisation" | "sid">): string {
    return join(this.#folder, `${organisation}.${sid}.json`);
  }
}
