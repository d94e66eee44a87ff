// What a mapping file says of a REST source, and what its process is told about how to reach it.

import { z } from "zod";
import { CaseShape } from "../case-reader";

const Path = z.string().regex(/^\/[^?#]*$/, "a path that begins with /");

/** A collection that is read page by page. */
const Collection = z.strictObject({
  path: Path,
  /** Where in an answer the items stand; the answer itself is the list without it. */
  items: z.string().default(""),
  /** Where in an answer the address of the next page stands; the header Link (rel="next") without it. */
  next: z.string().min(1).optional(),
});

/** Section `source` of a mapping file. */
export const RestSource = z.strictObject({
  kind: z.literal("rest"),
  /** Description of the API beside the mapping file. */
  openapi: z.string().min(1).optional(),
  cases: Collection.extend({
    /** Parameter of the query with the references, separated by commas. */
    references: z.string().min(1),
    perRequest: z.number().int().min(1).max(1_000).default(50),
  }),
  /** Everybody in the system: only what finds a person. */
  identities: Collection.extend({
    reference: z.string().min(1),
    number: z.string().min(1),
    bsn: z.string().min(1),
  }),
  shape: CaseShape,
});
export type RestSource = z.infer<typeof RestSource>;

/** How to reach the system. */
export interface RestAddress {
  /** Where the paths begin. */
  readonly baseUrl: string;
  /** OAuth 2.0 client credentials (RFC 6749, 4.4); without them no token is sent. */
  readonly client?: ClientCredentials | undefined;
}

/** Who we are at the system's authorisation server. */
export interface ClientCredentials {
  readonly tokenUrl: string;
  readonly id: string;
  readonly secret: string;
  readonly scope?: string | undefined;
}
