import { toPlainDate } from "../../../shared/kernel/plain-date";
import { STUF_DATES } from "../../../shared/sources/date-notation";
import { toDemoTables } from "../../../shared/sources/demo-records";
import { toDemoLinks } from "../../../shared/sources/demo-links";

const person = (case_reference: string, number: number) => ({
  person_number: `${number}`,
  bsn: null,
  case_reference,
  number,
});
const layout = { tables: ["cases", "people", "notes"], keys: { cases: "reference", people: "id" } };

describe("demo records", () => {
  it("become rows with the key of the record they stand in, dates moved by the days since the story", () => {
    const file = {
      cases: [
        {
          reference: "A-2001",
          opened: "2020-08-31",
          tags: ["een", "twee"],
          people: [{ id: 1, born: "2012-02-29", notes: [{ text: "Sinds 2020-08-31 rustig." }] }],
        },
      ],
    };
    const tables = toDemoTables([file], layout, toPlainDate("2020-09-02"));
    expect(Object.fromEntries(tables)).toEqual({
      cases: [{ reference: "A-2001", opened: "2020-09-02", tags: ["een", "twee"] }],
      people: [{ reference: "A-2001", id: 1, born: "2012-03-02" }],
      notes: [{ id: 1, text: "Sinds 2020-08-31 rustig." }],
    });
  });

  it("keep a document whole, its dates moved in the notation of the layout", () => {
    const document = { dag: "20200831", tijdstip: "20200831104500000", lijst: [{ dag: null }, "20200830"] };
    const tables = toDemoTables(
      [{ documents: [{ id: 1, document }] }],
      { tables: ["documents"], keys: {}, dates: STUF_DATES },
      toPlainDate("2020-09-02"),
    );
    expect(tables.get("documents")).toEqual([
      {
        id: 1,
        document: { dag: "20200902", tijdstip: "20200902104500000", lijst: [{ dag: null }, "20200901"] },
      },
    ]);
  });

  it("are refused when they name a table, or nest in one, that the layout does not know", () => {
    const day = toPlainDate("2020-08-31");
    expect(() => toDemoTables([{ others: [{}] }], layout, day)).toThrow(/others/);
    expect(() => toDemoTables([{ notes: [{ people: [{ id: 1 }] }] }], layout, day)).toThrow(/notes/);
  });
});

describe("demo links", () => {
  const key = { version: 1, secret: Buffer.alloc(32, 1) };

  it("name family and people of the registers, in order, with a pseudonym each", () => {
    const links = toDemoLinks(
      key,
      [person("LOK-2006", 2), person("LOK-2001", 1), person("LOK-2006", 1)],
      "OVV",
    );
    expect(links).toMatchObject([
      { familyId: "OVV-01", caseReference: "LOK-2001", persons: [{ personId: "OVV-01-1" }] },
      {
        familyId: "OVV-06",
        caseReference: "LOK-2006",
        persons: [{ personId: "OVV-06-1" }, { personId: "OVV-06-2" }],
      },
    ]);
    expect(new Set(links.flatMap((link) => link.persons.map((one) => one.pseudonym))).size).toBe(3);
  });

  it("are not made of cases that are not of the demo", () => {
    expect(() => toDemoLinks(key, [person("7714", 1)], "OVV")).toThrow(/not of the demo/);
  });
});
