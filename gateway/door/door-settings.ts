// Settings of the door: how often, from where, how many at once. What one request may be: identify/limits.ts.

import { z } from "zod";
import { readAllowedOperations, type AllowedOperations } from "./allowed-operations";
import { DEFAULT_CONNECTION_LIMITS, type ConnectionLimits } from "./connections";
import { DEFAULT_PROGRESS_LIMITS, type ProgressLimits } from "./in-progress";
import { DEFAULT_RATES, type RateNumbers } from "./rate-limits";

const MOST_PER_MINUTE = 10_000_000;
const MOST_AT_ONCE = 100_000;

const whole = (byDefault: number, least: number, most: number) =>
  z.coerce.number({ error: "a number" }).int().min(least).max(most).default(byDefault);

const listed = (one: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(one))
    .default([]);

/** An origin as browsers send it: scheme, host, port where it is not the usual one; no path, no end mark. */
const Origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
  error: "origins such as https://portal.example, with commas between them",
});

const Proxy = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: "addresses or networks such as 10.0.0.0/8, with commas between them",
});

/** The settings of the door, to extend the environment of the gateway with. */
export const DOOR_SETTINGS = {
  SCHAKEL_RATE_PER_WORKER: whole(DEFAULT_RATES.worker, 0, MOST_PER_MINUTE),
  SCHAKEL_RATE_PER_ORGANISATION: whole(DEFAULT_RATES.organisation, 0, MOST_PER_MINUTE),
  SCHAKEL_RATE_PER_ADDRESS: whole(DEFAULT_RATES.address, 0, MOST_PER_MINUTE),
  SCHAKEL_MAX_REQUESTS: whole(DEFAULT_PROGRESS_LIMITS.requests, 1, MOST_AT_ONCE),
  SCHAKEL_MAX_REQUESTS_PER_ADDRESS: whole(DEFAULT_PROGRESS_LIMITS.requestsPerAddress, 1, MOST_AT_ONCE),
  SCHAKEL_MAX_REQUESTS_PER_WORKER: whole(DEFAULT_PROGRESS_LIMITS.requestsPerWorker, 1, MOST_AT_ONCE),
  SCHAKEL_MAX_CONNECTIONS: whole(DEFAULT_CONNECTION_LIMITS.connections, 1, MOST_AT_ONCE),
  SCHAKEL_MAX_CONNECTIONS_PER_ADDRESS: whole(
    DEFAULT_CONNECTION_LIMITS.connectionsPerAddress,
    1,
    MOST_AT_ONCE,
  ),
  SCHAKEL_HEADERS_TIMEOUT_MS: whole(DEFAULT_CONNECTION_LIMITS.headersMs, 100, 60_000),
  SCHAKEL_REQUEST_TIMEOUT_MS: whole(DEFAULT_CONNECTION_LIMITS.requestMs, 100, 300_000),
  SCHAKEL_ALLOWED_ORIGINS: listed(Origin),
  SCHAKEL_TRUSTED_PROXIES: listed(Proxy),
  /** In which header these proxies hand on the certificate of a client. */
  SCHAKEL_CLIENT_CERTIFICATE_HEADER: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, { error: "the name of a header, such as Client-Cert" })
    .optional(),
  SCHAKEL_OPERATIONS: z.string().min(1).optional(),
};

const DoorSettings = z.object(DOOR_SETTINGS);
type DoorSettings = z.infer<typeof DoorSettings>;

/** What the door is made of, as it is set; the rates still need a place to count in. */
export interface DoorParts {
  readonly rates: RateNumbers;
  readonly progress: ProgressLimits;
  readonly connections: ConnectionLimits;
  readonly origins: ReadonlySet<string>;
  readonly proxies: readonly string[];
  readonly certificateHeader: string | undefined;
  readonly operations: AllowedOperations;
}

/** Reads the door out of the settings. Throws a SettingsError for a list of operations that cannot be used. */
export function doorOf(settings: DoorSettings): DoorParts {
  return {
    rates: {
      worker: settings.SCHAKEL_RATE_PER_WORKER,
      organisation: settings.SCHAKEL_RATE_PER_ORGANISATION,
      address: settings.SCHAKEL_RATE_PER_ADDRESS,
    },
    progress: {
      requests: settings.SCHAKEL_MAX_REQUESTS,
      requestsPerAddress: settings.SCHAKEL_MAX_REQUESTS_PER_ADDRESS,
      requestsPerWorker: settings.SCHAKEL_MAX_REQUESTS_PER_WORKER,
    },
    connections: {
      ...DEFAULT_CONNECTION_LIMITS,
      connections: settings.SCHAKEL_MAX_CONNECTIONS,
      connectionsPerAddress: settings.SCHAKEL_MAX_CONNECTIONS_PER_ADDRESS,
      headersMs: settings.SCHAKEL_HEADERS_TIMEOUT_MS,
      requestMs: settings.SCHAKEL_REQUEST_TIMEOUT_MS,
    },
    origins: new Set(settings.SCHAKEL_ALLOWED_ORIGINS),
    proxies: settings.SCHAKEL_TRUSTED_PROXIES,
    certificateHeader: settings.SCHAKEL_CLIENT_CERTIFICATE_HEADER,
    operations: readAllowedOperations(settings.SCHAKEL_OPERATIONS),
  };
}
