// Tasks in the demo register, and what workers do with them.

import { randomUUID } from "node:crypto";
import { createTasks, type NewTask } from "../../../shared/database/create-task";
import type { RedateReason, TaskState } from "../../../shared/database/register-codes";
import type { Purpose } from "../../../shared/kernel/codes";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { meetTask, redateTask } from "../../../subgraphs/families/source/tasks/change-task";
import { findTasks, type TaskPage } from "../../../subgraphs/families/source/tasks/find-tasks";
import { aGrant, aRequester } from "../../kit/requesters";
import { aKey, daysFromToday, type Register } from "./arrange";

const lokalis = aRequester("lokalis.worker", "WORKER");

const aTask = (change: Partial<Omit<NewTask, "dueOn">> & { dueOn?: string } = {}): NewTask => ({
  familyId: "OVV-01",
  organisation: "lokalis",
  about: "save",
  obligation: "INFORM_FAMILY",
  rule: "consent-involvement-and-plan",
  cause: "ACCESS",
  causeId: randomUUID(),
  ...change,
  dueOn: toPlainDate(change.dueOn ?? daysFromToday(28)),
});
/** Makes, lists and changes tasks; on behalf of lokalis.worker when nobody else is named. */
export function tasksOf({ database, stores }: Register) {
  const list = (requester: Requester, page: Partial<TaskPage> = {}, purpose: Purpose = "CARE") =>
    findTasks(database.pool, aGrant(requester, purpose), { first: 100, state: "OPEN", ...page });
  return {
    list,
    make: async (change: Parameters<typeof aTask>[0] = {}): Promise<string> => {
      const [id = ""] = await createTasks(database.pool, [aTask(change)]);
      return id;
    },
    idsOf: async (requester: Requester, state: TaskState = "OPEN", purpose: Purpose = "CARE") =>
      (await list(requester, { state }, purpose)).edges.map(({ node }) => node.id),
    meet: (taskId: string, requester = lokalis, key = aKey()) =>
      meetTask(stores(), requester, { taskId, ...key }),
    redate: (taskId: string, dueOn: string, reason: RedateReason = "CAPACITY", requester = lokalis) =>
      redateTask(stores(), requester, { taskId, dueOn, reason, ...aKey() }),
  };
}
