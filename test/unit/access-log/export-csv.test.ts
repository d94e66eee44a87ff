// An export as CSV can be read back by who keeps to RFC 4180, and no spreadsheet takes a field of it for a formula.

import * as fc from "fast-check";
import { openRuleBook } from "../../../shared/access-log/rule-words/rule-words";
import { AS_CSV } from "../../../subgraphs/access-log/mapping/export/as-csv";
import { anyLogEntry } from "../../kit/any-log-entry";

const rules = openRuleBook();

/** A reader of RFC 4180 and no more: fields, quoted or not, between commas; records that end in CRLF. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (let at = 0; at < text.length;) {
    let field = "";
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (text[at] === undefined) throw new Error("A quoted field does not end.");
        if (text[at] === '"' && text[at + 1] !== '"') break;
        if (text[at] === '"') at += 1;
        field += text[at];
      }
      at += 1;
    } else {
      while (at < text.length && text[at] !== "," && text[at] !== "\r") {
        if (text[at] === '"' || text[at] === "\n") throw new Error("A field should have been quoted.");
        field += text[at];
        at += 1;
      }
    }
    record.push(field);
    if (text[at] === ",") at += 1;
    else if (text.startsWith("\r\n", at)) {
      records.push(record);
      record = [];
      at += 2;
    } else throw new Error("A field is followed by something else than a comma or the end of the record.");
  }
  if (record.length > 0) throw new Error("The last record does not end.");
  return records;
}

const NASTY = fc.constantFrom(
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  "\n",
  " ",
  '"',
  ",",
  ";",
  "'",
  "|",
  "＝",
  "A",
  "1",
  "\u0000",
);
const texts = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.array(NASTY, { minLength: 1, maxLength: 6 }).map((some) => some.join("")),
);

const written = (some: readonly Parameters<typeof AS_CSV.write>[0][]): string =>
  AS_CSV.head + some.map((one) => AS_CSV.write(one, rules)).join(AS_CSV.between) + AS_CSV.tail;

test("what was written can be read back, field by field", () => {
  fc.assert(
    fc.property(fc.array(anyLogEntry(texts), { maxLength: 4 }), (some) => {
      const [head = [], ...records] = readCsv(written(some));
      expect(records).toHaveLength(some.length);
      for (const [index, record] of records.entries()) {
        const entry = some[index];
        const field = (name: string): string | undefined => record[head.indexOf(name)];
        // A text that looks like a formula has an apostrophe before it.
        for (const [name, value] of [
          ["worker", entry?.worker ?? ""],
          ["operation", entry?.operation ?? ""],
        ] as const) {
          expect([value, `'${value}`]).toContain(field(name));
        }
        expect(field("id")).toBe(entry?.id);
        expect(field("recorded_at")).toBe(entry?.recordedAt);
        expect(field("categories_delivered")).toBe(entry?.categoriesDelivered.join("; "));
        expect(field("outcome")).toBe(entry?.outcome);
        expect(record).toHaveLength(head.length);
      }
    }),
  );
});

test("no field is taken for a formula", () => {
  fc.assert(
    fc.property(anyLogEntry(texts), (entry) => {
      const [, record = []] = readCsv(written([entry]));
      for (const field of record) expect(field.trimStart()).not.toMatch(/^[\p{Cc}\s]*[=+\-@|＝＋－＠]/u);
    }),
  );
});

test("an ordinary text is not touched", () => {
  const [entry] = fc.sample(anyLogEntry(fc.constant("lokalis.worker")), { numRuns: 1, seed: 3 });
  if (!entry) throw new Error("Nothing was drawn.");
  const [head = [], record = []] = readCsv(
    written([{ ...entry, rules: ["no-rule"], policySet: "2026-01-01" }]),
  );
  expect(record[head.indexOf("operation")]).toBe("lokalis.worker");
  expect(record[head.indexOf("why_nl")]).toMatch(/\.$/);
});
