// What the working role needs for the queue is granted to it, and not left to what everyone may.

import { createJobQueue } from "../../../shared/queue/job-queue";
import { prepareQueueDatabase } from "../../../shared/queue/prepare";
import { createLogger } from "../../../shared/kernel/logger";
import { withDatabase } from "../../kit/database";
import { WORKING_ROLE } from "../../kit/test-server";

const database = withDatabase();

test("jobs can be added in a database that is closed to the public", async () => {
  await database.owner.query(`revoke all on database ${database.name} from public`);
  await database.owner.query(`grant connect on database ${database.name} to ${WORKING_ROLE}`);
  const owner = await database.owner.connect();
  try {
    await prepareQueueDatabase(owner, WORKING_ROLE);
  } finally {
    owner.release();
  }
  const queue = createJobQueue<{ referralId: string }>({
    name: "closed",
    databaseUrl: database.workingUrl,
    redisUrl: undefined,
    log: createLogger("test", "silent"),
  });
  try {
    await queue.add([1, 2].map((number) => ({ id: `ref-${number}-v1`, data: { referralId: `${number}` } })));
    const { rows } = await database.owner.query("select count(*)::int as jobs from bullmq.job");
    expect(rows).toEqual([{ jobs: 2 }]);
  } finally {
    await queue.close();
  }
});
