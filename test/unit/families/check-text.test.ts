// The texts that workers write: how long, with which characters, and never with a BSN.

import { optionalTextOf, textOf } from "../../../subgraphs/families/source/check-text";

const LENGTH = { least: 20, most: 60 };
const text = (value: string) => textOf("input.reason", value, LENGTH);

test.each([
  ["a sentence", "The children are alone at home.", "The children are alone at home."],
  [
    "a sentence over several lines",
    " The children are\n\n  alone\tat home. ",
    "The children are alone at home.",
  ],
  [
    "letters of any language",
    "Ça ne peut pas attendre, n'est-ce pas?",
    "Ça ne peut pas attendre, n'est-ce pas?",
  ],
  ["exactly twenty characters", "a".repeat(20), "a".repeat(20)],
  ["sixty characters that take two places each", "𝒶".repeat(60), "𝒶".repeat(60)],
  ["a date and a time", "Since 2026-11-24, 10:30 at school.", "Since 2026-11-24, 10:30 at school."],
  [
    "a telephone number of ten digits",
    "Call the school at 0301234567 now.",
    "Call the school at 0301234567 now.",
  ],
  ["small numbers", "Children of 3, 5 and 7 years, 2 dogs.", "Children of 3, 5 and 7 years, 2 dogs."],
])("takes %s", (_, value, expected) => {
  expect(text(value)).toBe(expected);
});

test.each([
  ["what is too short", "Danger."],
  ["nineteen characters", "a".repeat(19)],
  ["ten characters that take two places each", "𝒶".repeat(10)],
  ["what is filled up with spaces", `Danger ${" ".repeat(30)} now`],
  ["what is too long", "a".repeat(61)],
  ["a character that is no text", "The children are\u0000alone at home."],
])("refuses %s", (_, value) => {
  expect(() => text(value)).toThrow(expect.objectContaining({ code: "INPUT_INVALID" }));
});

test.each([
  ["nine digits", "The child 999900006 is in danger."],
  ["nine digits that are no valid number", "The child 123456789 is in danger."],
  ["digits between dots", "The child 9999.00.006 is in danger."],
  ["digits between spaces", "The child 9999 00 006 is in danger."],
  ["digits one by one", "The child 9 9 9 9 0 0 0 0 6 in danger."],
  ["digits between dashes with spaces", "The child 9999 - 00 - 006 in danger."],
  ["digits over two lines", "The child 99990\n0006 is in danger."],
  ["digits with another number beside them", "Of 3 children 12 999900006 is in danger."],
  ["digits with letters around them", "BSN999900006is in danger, now."],
  ["digits with unseen characters between them", "The child 9999\u200b00\u200b006 is in danger."],
  ["wide digits", "The child ９９９９００００６ is in danger."],
])("refuses %s as a possible BSN, without repeating it", (_, value) => {
  let refused: unknown;
  try {
    text(value);
  } catch (error) {
    refused = error;
  }
  expect(refused).toMatchObject({
    code: "INPUT_INVALID",
    details: { argument: "input.reason", expected: expect.stringContaining("no BSN") as string },
  });
  expect(JSON.stringify([(refused as Error).message, (refused as { details: unknown }).details])).not.toMatch(
    /\d{4}|child/,
  );
});

test.each([null, undefined, "", "   "])("a text that may be left out is none: %j", (value) => {
  expect(optionalTextOf("input.note", value, LENGTH)).toBeNull();
});
