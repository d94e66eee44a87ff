import path from "node:path";
import { readDemoFiles } from "../../../shared/sources/demo-records";

/** One value of the demo: in which column it stands, and of which table. */
interface Value {
  readonly table: string;
  readonly column: string;
  readonly value: unknown;
}

function valuesIn(record: object, table: string): Value[] {
  return Object.entries(record).flatMap(([column, value]: [string, unknown]) =>
    Array.isArray(value) && value.every((one) => typeof one === "object" && one !== null)
      ? value.flatMap((one: object) => valuesIn(one, column))
      : [{ table, column, value }],
  );
}

async function demoOf(folder: string): Promise<Value[]> {
  const files = await readDemoFiles(path.resolve("subgraphs", folder, "demo", "cases"));
  return files.flatMap((file) => valuesIn(file, "-"));
}

/** Weighted sum of the digits, the last one negative, is a multiple of 11 (elfproef). */
function passesElfproef(bsn: string): boolean {
  const sum = Array.from(bsn).reduce(
    (total, digit, index) => total + Number(digit) * (index === 8 ? -1 : 9 - index),
    0,
  );
  return /^\d{9}$/.test(bsn) && sum % 11 === 0;
}

const DATE_OR_AGE =
  /\b(19|20)\d{2}\b|\b\d{1,2} jaar\b|jarige|\b\d{1,2} (januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)/i;

describe.each(["lokalis", "save"])("the demo of %s", (folder) => {
  let values: Value[];
  beforeAll(async () => {
    values = await demoOf(folder);
  });
  const texts = () =>
    values.flatMap(({ value, ...place }) =>
      [value].flat().flatMap((one) => (typeof one === "string" ? [{ ...place, text: one }] : [])),
    );

  it("has BSNs of the test range that pass the elfproef, in their own column only", () => {
    const numbers = texts().filter(({ column }) => column === "bsn");
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.filter(({ text }) => !/^9999\d{5}$/.test(text) || !passesElfproef(text))).toEqual([]);
    expect(texts().filter(({ column, text }) => column !== "bsn" && /\d{9}/.test(text))).toEqual([]);
  });

  it("has nobody twice", () => {
    const numbers = texts().flatMap(({ column, text }) => (column === "bsn" ? [text] : []));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("speaks of no dates or ages in its sentences, which would not move with the day", () => {
    const sentences = texts().filter(({ text }) => /(\S+\s+){2}/.test(text));
    expect(sentences.filter(({ text, column }) => column !== "adres" && DATE_OR_AGE.test(text))).toEqual([]);
  });
});

it("tells the shielded address of a shelter in one table of SAVE, and nowhere at Lokalis", async () => {
  const values = [...(await demoOf("save")), ...(await demoOf("lokalis"))];
  const shielded = values.filter(
    ({ table, column }) => table === "afgeschermd_verblijf" && column === "adres",
  );
  expect(shielded).toHaveLength(3);
  const words = shielded.flatMap(({ value }) => String(value).split(", ").slice(0, 2));
  const elsewhere = values
    .filter(({ table }) => table !== "afgeschermd_verblijf")
    .filter(({ value }) => words.some((word) => JSON.stringify(value).includes(word)));
  expect(elsewhere).toEqual([]);
});
