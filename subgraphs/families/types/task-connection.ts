import type { ClassType } from "type-graphql";
import { connectionType, type Connection } from "../../../shared/contract/values/connection";
import { Task } from "./task";

/** A page of tasks. */
export const TaskConnection: ClassType<Connection<Task>> = connectionType("Task", () => Task);
