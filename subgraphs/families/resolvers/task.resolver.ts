// tasks, meetTask, redateTask.

import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { PAGE_DEFAULT, type Connection } from "../../../shared/contract/values/connection";
import type { TaskState } from "../../../shared/database/register-codes";
import { taskWords } from "../mapping/task-words";
import type { FamiliesContext } from "../source/families-stores";
import { meetTask, redateTask } from "../source/tasks/change-task";
import { findTasks } from "../source/tasks/find-tasks";
import { Task } from "../types/task";
import { TaskConnection } from "../types/task-connection";
import { TaskStateCode } from "../types/task-enums";
import { MeetTaskInput, RedateTaskInput } from "../types/task-inputs";
import { Words } from "../types/words";

@Resolver(() => Task)
export class TaskResolver {
  @Query(() => TaskConnection, {
    nullable: true,
    description:
      "What your organisation has to do for families that you work with, soonest due first (taken); all of it for its privacy officer.",
  })
  async tasks(
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT, description: "How many: 1 to 100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | undefined,
    @Arg("state", () => TaskStateCode, { defaultValue: "OPEN", description: "Open, or done." })
    state: TaskState,
    @Ctx() context: FamiliesContext,
  ): Promise<Connection<Task>> {
    const page = await findTasks(context.stores.pool, context.grant, { first, after, state });
    for (const { node } of page.edges) context.deliver(subjectOf(node), "SEARCH");
    return page;
  }

  @Mutation(() => Task, { description: "Records that a task was done (taak gedaan)." })
  async meetTask(
    @Arg("input", () => MeetTaskInput) input: MeetTaskInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Task> {
    const { result, ...about } = await meetTask(context.stores, context.grant.requester, input);
    context.deliver(about, "UPDATE");
    return result;
  }

  @Mutation(() => Task, { description: "Gives a task another day, with the reason (taak verzetten)." })
  async redateTask(
    @Arg("input", () => RedateTaskInput) input: RedateTaskInput,
    @Ctx() context: FamiliesContext,
  ): Promise<Task> {
    const { result, ...about } = await redateTask(context.stores, context.grant.requester, input);
    context.deliver(about, "UPDATE");
    return result;
  }

  @FieldResolver(() => Words, { nullable: true, description: "What has to be done, in words." })
  toDo(@Root() task: Task): Words | null {
    return taskWords(task.obligation);
  }
}

const subjectOf = ({ familyId, personId }: Task): { familyId: string; personId?: string } =>
  personId === null ? { familyId } : { familyId, personId };
