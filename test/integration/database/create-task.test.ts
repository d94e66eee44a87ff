// Tasks: made once while open, with their history.

import { createTasks, type NewTask } from "../../../shared/database/create-task";
import { inTransaction } from "../../../shared/database/pool";
import { today } from "../../../shared/kernel/plain-date";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";

const database = withDatabase();
beforeAll(() => seedDemoRegister(database.pool));

const aTask = (change: Partial<NewTask> = {}): NewTask => ({
  familyId: "OVV-03",
  organisation: "lokalis",
  about: "save",
  obligation: "INFORM_FAMILY",
  rule: "consent-involvement-and-plan",
  cause: "ACCESS",
  causeId: "0af7651916cd43dd8448eb211c80319c",
  dueOn: today(),
  ...change,
});

const countTasks = async (familyId: string): Promise<number> => {
  const { rows } = await database.pool.query<{ count: number }>(
    "select count(*)::int as count from hub.task where family_id = $1",
    [familyId],
  );
  return rows[0]?.count ?? 0;
};

test("makes several at once, each with the first event of its history", async () => {
  const made = await createTasks(database.pool, [
    aTask(),
    aTask({ personId: "OVV-03-3" }),
    aTask({ personId: "OVV-03-3", organisation: "save", about: "lokalis", obligation: "HOLDER_NOTE" }),
  ]);
  expect(made).toHaveLength(3);
  const { rows } = await database.pool.query(
    `select t.state, t.person_id, t.due_on, e.version, e.action, e.due_on as event_due_on, e.worker
     from hub.task t join hub.task_event e on e.task_id = t.id where t.id = any ($1) order by t.organisation desc`,
    [made],
  );
  expect(rows).toHaveLength(3);
  expect(rows[0]).toEqual({
    state: "OPEN",
    person_id: "OVV-03-3",
    due_on: today(),
    version: 1,
    action: "CREATED",
    event_due_on: today(),
    worker: null,
  });
});

test("a duty that is open already is no second task, also within one call", async () => {
  const task = aTask({ familyId: "OVV-06", personId: "OVV-06-3" });
  expect(await createTasks(database.pool, [task, task])).toHaveLength(1);
  expect(await createTasks(database.pool, [task, aTask({ familyId: "OVV-06" })])).toHaveLength(1);
  expect(await countTasks("OVV-06")).toBe(2);
});

test("a duty that was met can come again", async () => {
  const task = aTask({ familyId: "OVV-07" });
  const [first] = await createTasks(database.pool, [task]);
  await database.pool.query(
    "update hub.task set state = 'MET', met_at = clock_timestamp(), met_by = 'lokalis.worker' where id = $1",
    [first],
  );
  const [second] = await createTasks(database.pool, [task]);
  expect(second).toEqual(expect.any(String));
  expect(second).not.toBe(first);
});

test("two that make the same tasks at once, in another order, make each once", async () => {
  const tasks = ["a", "b", "c", "d"].map((causeId) => aTask({ familyId: "OVV-09", causeId }));
  const made = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      inTransaction(database.pool, (client) =>
        createTasks(client, index % 2 === 0 ? tasks : tasks.toReversed()),
      ),
    ),
  );
  expect(made.flat()).toHaveLength(4);
  expect(await countTasks("OVV-09")).toBe(4);
});

test("no task is no query, and an unknown family is refused", async () => {
  const query = jest.spyOn(database.pool, "query");
  expect(await createTasks(database.pool, [])).toEqual([]);
  expect(query).not.toHaveBeenCalled();
  query.mockRestore();
  await expect(createTasks(database.pool, [aTask({ familyId: "OVV-99" })])).rejects.toMatchObject({
    code: "23503",
  });
});

test("the working role can delete no task and rewrite no history", async () => {
  for (const statement of ["delete from hub.task", "update hub.task_event set due_on = current_date"]) {
    await expect(database.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
});
