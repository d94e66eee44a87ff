// A setting that is a connection string of PostgreSQL.

import { accessSync, constants } from "node:fs";
import { z } from "zod";

/** Parameters of a connection string that name files, which `pg` reads when it connects. */
const FILE_PARAMETERS = ["sslrootcert", "sslcert", "sslkey"];

const POSTGRESQL = /^postgres(ql)?$/;

/**
 * A `postgresql://` URL, or one with a protocol of `protocols`; `error` says of whom. The certificates that it names must be
 * there.
 */
export const databaseUrl = (error: string, protocols: RegExp = POSTGRESQL) =>
  z.url({ protocol: protocols, error }).superRefine((url, context) => {
    if (!URL.canParse(url)) return;
    for (const [name, file] of new URL(url).searchParams) {
      const code = FILE_PARAMETERS.includes(name) ? whyUnreadable(file) : undefined;
      if (code !== undefined) {
        context.addIssue({
          code: "custom",
          message: `${name} in it names a file that cannot be read (${code})`,
        });
      }
    }
  });

function whyUnreadable(file: string): string | undefined {
  try {
    accessSync(file, constants.R_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "no cause";
  }
}
