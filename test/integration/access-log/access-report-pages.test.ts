// A report of many lines, a page at a time.

import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { MOTHER, putLooks, readReport, type SeenLine } from "./arrange-report";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));

const linesOf = async (args: string): Promise<SeenLine[]> => {
  const { report } = await readReport(database, MOTHER, args);
  return (report?.edges ?? []).map(({ node }) => node);
};

test("page by page it is the same as in one, with a next page exactly where there is one", async () => {
  await putLooks(
    database,
    Array.from({ length: 12 }, (_, n) => ({
      trace: 100 + n,
      hoursAgo: 20 + 2 * Math.floor(n / 3),
      change: (["CARE", "CONSULT", "REFERRAL"] as const).map((purpose) => ({ purpose }))[n % 3] ?? {},
    })),
  );
  const whole = await linesOf("first: 100");
  expect(whole).toHaveLength(12);
  const found: SeenLine[] = [];
  for (let after: string | null = null; ;) {
    const { report } = await readReport(
      database,
      MOTHER,
      `first: 5${after === null ? "" : `, after: "${after}"`}`,
    );
    found.push(...(report?.edges ?? []).map(({ node }) => node));
    after = report?.pageInfo.endCursor ?? null;
    if (!report?.pageInfo.hasNextPage) break;
  }
  expect(found).toEqual(whole);
});
