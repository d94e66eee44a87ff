// The page about kinds of referral says what the code says.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NOT_CARRIED, NOT_CARRIED_TYPES } from "../../../subgraphs/referrals/source/not-carried";
import { REFERRAL_TYPES, ROUTES } from "../../../subgraphs/referrals/source/routes";

const page = readFileSync(join(__dirname, "../../../docs/referral-types.md"), "utf8");

/** The rows of the table under a heading, each as its cells. */
function tableUnder(heading: string): string[][] {
  const [, section = ""] = page.split(`## ${heading}\n`);
  const [, , ...rows] = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("|"));
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const normOf = ({ norm, timing }: (typeof ROUTES)[keyof typeof ROUTES]): string => {
  if (!norm) return timing ?? "none";
  const days = norm.workingDays === 0 ? "at once" : `${norm.workingDays} working days`;
  return `${days} (${norm.source}): ${norm.by}`;
};

test("those that the hub carries", () => {
  expect(tableUnder("Carried by the hub")).toEqual(
    REFERRAL_TYPES.map((type) => {
      const row = ROUTES[type];
      return [
        `\`${type}\``,
        row.term,
        row.from.join(", "),
        row.to.join(", "),
        row.document.join(", "),
        normOf(row),
        row.responsible,
      ];
    }),
  );
});

test("those that it does not carry, with why and what to do instead", () => {
  expect(tableUnder("Not carried by the hub")).toEqual(
    NOT_CARRIED_TYPES.map((type) => {
      const row = NOT_CARRIED[type];
      return [
        `\`${type}\``,
        row.term,
        row.from.join(", "),
        row.to,
        row.document.join(", "),
        `${row.timing} (${row.source})`,
        row.responsible,
        row.reason,
        row.way,
      ];
    }),
  );
});

test("what can go along with each", () => {
  expect(tableUnder("What goes along")).toEqual(
    REFERRAL_TYPES.flatMap((type) =>
      Object.entries(ROUTES[type].opens).map(([sender, categories]) => [
        `\`${type}\``,
        sender,
        categories.join(", "),
      ]),
    ),
  );
});
