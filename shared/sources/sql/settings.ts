// What a mapping file says of an SQL source: its tables, in any dialect.

import { z } from "zod";

const Name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_$#.]*$/, "a name of a table or column");
const Columns = z.record(z.string(), Name);
const Order = z.array(
  z.string().regex(/^-?[A-Za-z_][\w$#]*$/, "a column, with - before it for the last one first"),
);

const Join = z.strictObject({ table: Name, on: z.tuple([Name, Name]), columns: Columns });

const Part = z.strictObject({
  table: Name,
  key: Name,
  columns: Columns,
  joins: z.array(Join).default([]),
  many: z.boolean().default(false),
  order: Order.default([]),
});

/** Section `source` of a mapping file; what each name means tells `tables.ts`. */
export const SqlSource = z.strictObject({
  kind: z.literal("sql"),
  identities: z.strictObject({
    table: Name,
    joins: z.array(Join).default([]),
    personNumber: Name,
    bsn: Name,
    caseReference: Name,
    number: Name,
    order: Order.default([]),
  }),
  family: z.record(z.string(), Part),
  person: z.record(z.string(), Part),
});
export type SqlSource = z.infer<typeof SqlSource>;
