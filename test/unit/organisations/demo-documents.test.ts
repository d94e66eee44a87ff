import path from "node:path";
import { readDemoFiles } from "../../../shared/sources/demo-records";

/** One text of the demo, and the name that it stands under. */
interface Named {
  readonly name: string;
  readonly text: string;
}

function textsIn(value: unknown, name: string): Named[] {
  if (typeof value === "string") return [{ name, text: value }];
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, name));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, key));
}

/** Weighted sum of the digits, the last one negative, is a multiple of 11 (elfproef). */
function passesElfproef(bsn: string): boolean {
  const sum = Array.from(bsn).reduce(
    (total, digit, index) => total + Number(digit) * (index === 8 ? -1 : 9 - index),
    0,
  );
  return sum % 11 === 0;
}

const DATE_OR_AGE =
  /\b(19|20)\d{2}\b|\b\d{1,2} jaar\b|jarige|\b\d{1,2} (januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)/i;
/** The date before each item of a list in the export; these move with the day. */
const LIST_DATE = /\b\d{2}-\d{2}-\d{4}(?= \| )/g;

describe.each(["veilig-thuis", "rvdk", "wss"])("the demo of %s", (folder) => {
  let texts: Named[];
  beforeAll(async () => {
    texts = textsIn(await readDemoFiles(path.resolve("subgraphs", folder, "demo", "cases")), "-");
  });

  it("has BSNs of the test range that pass the elfproef, under their own name only", () => {
    const numbers = texts.flatMap(({ name, text }) => (name === "bsn" ? [text] : []));
    expect(numbers.length).toBeGreaterThan(15);
    expect(numbers.filter((one) => !/^9999\d{5}$/.test(one) || !passesElfproef(one))).toEqual([]);
    expect(texts.filter(({ name, text }) => name !== "bsn" && /\b9999\d{5}\b/.test(text))).toEqual([]);
  });

  it("speaks of no dates or ages in its sentences, which would not move with the day", () => {
    const sentences = texts.filter(({ name, text }) => name !== "adres" && /(\S+\s+){2}/.test(text));
    expect(sentences.filter(({ text }) => DATE_OR_AGE.test(text.replaceAll(LIST_DATE, "")))).toEqual([]);
  });
});

it("tells a shielded address of Veilig Thuis in one part of its documents", async () => {
  const cases = await readDemoFiles(path.resolve("subgraphs", "veilig-thuis", "demo", "cases"));
  const shielded: string[] = [];
  const rest = JSON.stringify(cases, (name, value: unknown) => {
    if (name !== "afgeschermdVerblijf") return value;
    shielded.push((value as { adres: string }).adres);
    return undefined;
  });
  expect(shielded).toHaveLength(3);
  expect(shielded.flatMap((one) => one.split(", ").slice(0, 2)).filter((one) => rest.includes(one))).toEqual(
    [],
  );
});
