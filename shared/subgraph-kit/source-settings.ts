// What an organisation's process is told about how to reach its own system; which of it is needed depends on the kind.

import { z } from "zod";
import { databaseUrl } from "../database/database-setting";
import { isProduction, type Place } from "../production/place";

const webAddress = (error: string) => z.url({ protocol: /^https?$/, error });
const text = () => z.string().min(1, { error: "must not be empty" });

/** Settings of the source, for the environment of a subgraph. Any of them can lie in a file (`<NAME>_FILE`). */
export const sourceSettings = {
  /** Of `sql`: the organisation's own database. */
  SOURCE_DATABASE_URL: databaseUrl(
    "a postgresql://, mysql://, mariadb://, sqlserver:// or oracle:// URL of a role that reads the source",
    /^(postgres|postgresql|mysql|mariadb|sqlserver|oracle)$/,
  ).optional(),
  /** Of `rest`: where the paths of the API begin. Of `soap`: where the service is. */
  SOURCE_URL: webAddress("an http:// or https:// URL of the organisation's system").optional(),
  /** Of `rest`, with OAuth 2.0 client credentials. */
  SOURCE_TOKEN_URL: webAddress("an http:// or https:// URL that gives tokens").optional(),
  SOURCE_CLIENT_ID: text().optional(),
  SOURCE_CLIENT_SECRET: text().optional(),
  /** Of `soap`, with WS-Security. */
  SOURCE_USER: text().optional(),
  SOURCE_PASSWORD: text().optional(),
  /** Of `files`: the folder that files are dropped in. */
  SOURCE_FOLDER: text().optional(),
};

const SourceSettings = z.object(sourceSettings);

/** How the organisation's system is reached. */
export type SourceSettings = z.infer<typeof SourceSettings>;
export type SourceSettingName = keyof SourceSettings;

/** Settings of which one says nothing without the others. */
const TOGETHER: readonly (readonly SourceSettingName[])[] = [
  ["SOURCE_TOKEN_URL", "SOURCE_CLIENT_ID", "SOURCE_CLIENT_SECRET"],
  ["SOURCE_USER", "SOURCE_PASSWORD"],
];

/** For readSettings: credentials are whole, and in production an organisation's system is asked over TLS. */
export function wholeSource(
  valid: Partial<SourceSettings> & Place,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const isGiven = (name: string): boolean => env[name] !== undefined || env[`${name}_FILE`] !== undefined;
  const missing = TOGETHER.filter((names) => names.some(isGiven)).flatMap((names) =>
    names
      .filter((name) => !isGiven(name))
      .map((name) => `${name}: is needed beside ${names.filter(isGiven).join(" and ")}`),
  );
  if (!isProduction(valid)) return missing;
  const open = (["SOURCE_URL", "SOURCE_TOKEN_URL"] as const).filter((name) =>
    valid[name]?.startsWith("http://"),
  );
  return [...missing, ...open.map((name) => `${name}: in production an https:// URL`)];
}
