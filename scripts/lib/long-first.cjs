// The order of test files: those that are known to take long first, then as jest sees it (their last time, or their size).

const path = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

const ROOT = path.join(__dirname, "..", "..");

/**
 * Files and folders of half a minute and more, in this order; their size does not tell. Benchmarks, which use all processors
 * there are, stand apart from each other.
 */
const LONG = [
  "test/integration/random-operations.test.ts",
  "test/integration/bench/gateway.test.ts",
  "test/integration/access-log/tampering.test.ts",
  "test/integration/bench/log.test.ts",
  "test/integration/connect/",
  "test/integration/bench/rules.test.ts",
  "test/integration/access-log/command.test.ts",
  "test/integration/referrals/clock-worker.test.ts",
  "test/integration/bench/referrals.test.ts",
  "test/integration/access-log/export-command.test.ts",
  "test/integration/access-log/reconcile-command.test.ts",
  "test/integration/referrals/model.test.ts",
  "test/integration/sources/services-in-trouble.test.ts",
  "test/fault/referrals/everything-killed.test.ts",
  "test/fault/referrals/delivery-crash.test.ts",
  "test/fault/log/crash-under-load.test.ts",
  "test/contract/schemas.test.ts",
  "test/unit/access-log/report-worlds.test.ts",
  "test/unit/mutual-tls/mutual-tls.test.ts",
];

/** Its place in that order; those that are not in it come after all that are. */
function placeOf(test) {
  const file = path.relative(ROOT, test.path).replaceAll("\\", "/");
  const place = LONG.findIndex((long) => file.startsWith(long));
  return place === -1 ? LONG.length : place;
}

module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    // Of jest, and no list that is sorted in place.
    const inOrder = super.sort(tests); // oxlint-disable-line unicorn/no-array-sort
    return inOrder.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
};
