import { ISO_DATES } from "../../../shared/sources/date-notation";
import { DocumentPart } from "../../../shared/sources/document-part";
import { FaultCounter } from "../../../shared/sources/record-faults";

interface Layout {
  text: string;
  day: string;
  score: number;
  yes: boolean;
  tags: string[];
  numbers: number[];
  one: { text: string };
  many: { text: string }[];
}

const partOf = (value: unknown) => {
  const faults = new FaultCounter();
  return { part: new DocumentPart<Layout>(value, { dates: ISO_DATES, faults }), faults };
};

describe("a part of a document", () => {
  it("gives what fits its layout", () => {
    const { part, faults } = partOf({
      text: "Tekst.",
      day: "2020-08-31",
      score: 6,
      yes: false,
      tags: ["een", "twee"],
      numbers: [1, 2],
      one: { text: "Een." },
      many: [{ text: "Veel." }],
    });
    expect(part.text("text")).toBe("Tekst.");
    expect(part.date("day")).toBe("2020-08-31");
    expect(part.number("score")).toBe(6);
    expect(part.flag("yes")).toBe(false);
    expect(part.texts("tags")).toEqual(["een", "twee"]);
    expect(part.numbers("numbers")).toEqual([1, 2]);
    expect(part.part("one")?.text("text")).toBe("Een.");
    expect(part.list("many").map((one) => one.text("text"))).toEqual(["Veel."]);
    expect(faults.total).toBe(0);
  });

  it("gives nothing, and counts nothing, where there is nothing", () => {
    const { part, faults } = partOf({ text: "", one: null });
    expect([part.text("text"), part.date("day"), part.number("score"), part.flag("yes")]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect([part.texts("tags"), part.list("many"), part.part("one")]).toEqual([[], [], null]);
    expect(faults.total).toBe(0);
  });

  it("counts what does not fit, and gives the rest", () => {
    const { part, faults } = partOf({
      text: { een: 1 },
      day: "31-08-2020",
      score: "zes",
      yes: "J",
      tags: ["een", 2],
      numbers: "1",
      one: [],
      many: [null, "Veel.", { text: "Wel." }],
    });
    expect([part.text("text"), part.date("day"), part.number("score"), part.flag("yes")]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(part.texts("tags")).toEqual(["een"]);
    expect(part.numbers("numbers")).toEqual([]);
    expect(part.part("one")).toBeNull();
    expect(part.list("many").map((one) => one.text("text"))).toEqual(["Wel."]);
    expect(faults.counts).toEqual({ text: 2, date: 1, number: 1, flag: 1, list: 1, part: 2 });
  });

  it("of a document that is none is empty, and counted", () => {
    const { part, faults } = partOf("geen document");
    expect(part.text("text")).toBeNull();
    expect(faults.counts).toEqual({ part: 1 });
  });
});
