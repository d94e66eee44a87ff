// The order of test files: those that are known to take long first, then as jest sees it (their last time, or their size).

const path = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

const ROOT = path.join(__dirname, "..", "..");

/** Files and folders of half a minute and more; their size does not tell. */
const LONG = [
  "test/integration/random-operations.test.ts",
  "test/integration/access-log/tampering.test.ts",
  "test/integration/bench/",
  "test/integration/connect/",
  "test/integration/access-log/command.test.ts",
  "test/integration/access-log/export-command.test.ts",
  "test/integration/access-log/reconcile-command.test.ts",
  "test/integration/referrals/clock-worker.test.ts",
  "test/integration/referrals/model.test.ts",
  "test/integration/sources/services-in-trouble.test.ts",
  "test/contract/schemas.test.ts",
  "test/unit/access-log/report-worlds.test.ts",
  "test/unit/mutual-tls/mutual-tls.test.ts",
];

const isLong = (test) => {
  const file = path.relative(ROOT, test.path).replaceAll("\\", "/");
  return LONG.some((long) => file.startsWith(long));
};

module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    // Of jest, and no list that is sorted in place.
    const inOrder = super.sort(tests); // oxlint-disable-line unicorn/no-array-sort
    return [...inOrder.filter(isLong), ...inOrder.filter((one) => !isLong(one))];
  }
};
