// Every setting of the project by name: a name that is none of them is a mistake that would otherwise go unseen.

import type { Environment } from "./setting-files";

/** Settings of any process or command; scripts/lib/settings.mjs explains them, a test compares. */
export const KNOWN_SETTINGS: readonly string[] = [
  "SCHAKEL_ALLOWED_ORIGINS",
  "SCHAKEL_CHECKPOINTS_DIR",
  "SCHAKEL_CHECKPOINT_EVERY_MS",
  "SCHAKEL_CLIENT_CERTIFICATE_HEADER",
  "SCHAKEL_DATA_DIR",
  "SCHAKEL_DELIVERIES_DIR",
  "SCHAKEL_GATEWAY_URL",
  "SCHAKEL_GRANT_SKEW_S",
  "SCHAKEL_GRANT_TTL_S",
  "SCHAKEL_HEADERS_TIMEOUT_MS",
  "SCHAKEL_HOST",
  "SCHAKEL_ISSUERS_FILE",
  "SCHAKEL_ISSUER_PORT",
  "SCHAKEL_ISSUER_URL",
  "SCHAKEL_KEEPER_PORT",
  "SCHAKEL_KEEP_USED_DAYS",
  "SCHAKEL_KEYS_DIR",
  "SCHAKEL_LOG_LEVEL",
  "SCHAKEL_MAX_ALIASES",
  "SCHAKEL_MAX_ANSWER_BYTES",
  "SCHAKEL_MAX_BODY_BYTES",
  "SCHAKEL_MAX_CALLS",
  "SCHAKEL_MAX_CONNECTIONS",
  "SCHAKEL_MAX_CONNECTIONS_PER_ADDRESS",
  "SCHAKEL_MAX_COST",
  "SCHAKEL_MAX_DEPTH",
  "SCHAKEL_MAX_DIRECTIVES",
  "SCHAKEL_MAX_FIELDS",
  "SCHAKEL_MAX_FRAGMENTS",
  "SCHAKEL_MAX_JSON_DEPTH",
  "SCHAKEL_MAX_JSON_VALUES",
  "SCHAKEL_MAX_OPERATIONS",
  "SCHAKEL_MAX_QUERY_CHARACTERS",
  "SCHAKEL_MAX_REPEATS",
  "SCHAKEL_MAX_REQUESTS",
  "SCHAKEL_MAX_REQUESTS_PER_ADDRESS",
  "SCHAKEL_MAX_REQUESTS_PER_WORKER",
  "SCHAKEL_MAX_ROOT_FIELDS",
  "SCHAKEL_MAX_SELECTIONS",
  "SCHAKEL_MAX_TOKENS",
  "SCHAKEL_MAX_VARIABLES",
  "SCHAKEL_MAX_VARIABLE_CHARACTERS",
  "SCHAKEL_OPERATIONS",
  "SCHAKEL_OPERATORS_FILE",
  "SCHAKEL_OPERATOR_TOKEN",
  "SCHAKEL_ORGANISATION",
  "SCHAKEL_PLAN_TIMEOUT_MS",
  "SCHAKEL_PORT",
  "SCHAKEL_RATE_PER_ADDRESS",
  "SCHAKEL_RATE_PER_ORGANISATION",
  "SCHAKEL_RATE_PER_WORKER",
  "SCHAKEL_REGION",
  "SCHAKEL_RELEASE",
  "SCHAKEL_RELEASE_KEYS",
  "SCHAKEL_REQUEST_TIMEOUT_MS",
  "SCHAKEL_SEARCHES_PER_ORGANISATION",
  "SCHAKEL_SEARCHES_PER_WORKER",
  "SCHAKEL_SIGN_OUT_URL",
  "SCHAKEL_SOURCE_TIMEOUT_MS",
  "SCHAKEL_STUF_DOOR_SECRET",
  "SCHAKEL_STUF_PEER_NAME",
  "SCHAKEL_STUF_PORT",
  "SCHAKEL_STUF_SECRET",
  "SCHAKEL_STUF_TLS_DIR",
  "SCHAKEL_STUF_URL",
  "SCHAKEL_SUBGRAPH_PORT",
  "SCHAKEL_TLS_DIR",
  "SCHAKEL_TLS_GATEWAY_NAME",
  "SCHAKEL_TLS_KEEPER_NAME",
  "SCHAKEL_TRUSTED_PROXIES",
  "SCHAKEL_WORKER_PORT",
  // Of an organisation's process, about its own system.
  "SOURCE_CLIENT_ID",
  "SOURCE_CLIENT_SECRET",
  "SOURCE_DATABASE_URL",
  "SOURCE_FOLDER",
  "SOURCE_PASSWORD",
  "SOURCE_TOKEN_URL",
  "SOURCE_URL",
  "SOURCE_USER",
  // Of docker-compose.yml.
  "SCHAKEL_APP_PASSWORD",
  "SCHAKEL_OWNER_PASSWORD",
  "SCHAKEL_PUBLIC_PORT",
  "SCHAKEL_REDIS_PASSWORD",
  "SCHAKEL_SOURCE_PASSWORD",
  // Of the tests, which start services with their own environment.
  "SCHAKEL_KILLS",
  "SCHAKEL_RANDOM_ONLY",
  "SCHAKEL_RANDOM_OPERATIONS",
  "SCHAKEL_SEED",
  "SCHAKEL_SEQUENCES",
];

/** Settings of which the end is the name of a subgraph or an organisation. */
export const NAMED_SETTINGS: readonly string[] = [
  "SCHAKEL_SUBGRAPH_URL_",
  "SCHAKEL_WEBHOOK_SECRETS_",
  "SCHAKEL_WEBHOOK_URL_",
  "SOURCE_DATABASE_URL_",
];

const OURS = "SCHAKEL_";
/** Others begin names so too, such as SOURCE_DATE_EPOCH: one of those is a mistake only when it is nearly one of ours. */
const SHARED = "SOURCE_";
const MOST_LETTERS_NEARLY = 2;
/** What test set-ups tell test files. */
const OF_TEST_SETUPS = "SCHAKEL_TEST_";
const FILE = /_FILE$/;
/** A name that differs in more letters than this was hardly meant as the other. */
const MOST_LETTERS_APART = 4;

/**
 * A fault for each name that begins as ours and is no setting, and for each that begins as a setting of a source and is nearly
 * one, with the nearest that is; `own` are known besides.
 */
export function unknownSettings(env: Environment, own: readonly string[]): string[] {
  const known = new Set([...KNOWN_SETTINGS, ...own]);
  const isKnown = (name: string): boolean =>
    known.has(name) || NAMED_SETTINGS.some((start) => name.startsWith(start) && name.length > start.length);
  const isNearly = (name: string): boolean =>
    name.startsWith(SHARED) &&
    KNOWN_SETTINGS.some((one) => one.startsWith(SHARED) && lettersApart(name, one) <= MOST_LETTERS_NEARLY);
  return Object.keys(env)
    .filter((name) => (name.startsWith(OURS) && !name.startsWith(OF_TEST_SETUPS)) || isNearly(name))
    .filter((name) => !isKnown(name) && !(FILE.test(name) && isKnown(name.replace(FILE, ""))))
    .toSorted()
    .map((name) => unknownName(name, [...known, ...NAMED_SETTINGS.map((start) => `${start}<NAME>`)]));
}

/** The fault of a name that is none of `known`. */
export function unknownName(name: string, known: readonly string[]): string {
  const [nearest] = known
    .map((one) => ({ one, apart: lettersApart(name, one) }))
    .toSorted((one, other) => one.apart - other.apart);
  const meant = nearest && nearest.apart <= MOST_LETTERS_APART ? ` Is ${nearest.one} meant?` : "";
  return `${name}: there is no such setting.${meant}`;
}

/** Levenshtein: how many letters to add, leave out or change. */
function lettersApart(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (const [index, letter] of Array.from(one).entries()) {
    const next = [index + 1];
    for (const [place, wanted] of Array.from(other).entries()) {
      const changed = (row[place] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
