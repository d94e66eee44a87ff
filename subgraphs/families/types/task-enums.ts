// The code lists of tasks as GraphQL enums.

import { registerEnumType } from "type-graphql";
import { RedateReason, TaskAction, TaskCause, TaskState } from "../../../shared/database/register-codes";

function asEnum<T extends object>(list: T, name: string, description: string): T {
  registerEnumType(list, { name, description });
  return list;
}

export const TaskStateCode = asEnum(TaskState, "TaskState", "State of a task: OPEN open, MET gedaan.");
export const TaskActionCode = asEnum(
  TaskAction,
  "TaskAction",
  "A step with a task: CREATED gemaakt, REDATED andere datum, MET gedaan.",
);
export const TaskCauseCode = asEnum(
  TaskCause,
  "TaskCause",
  "What a task follows from: ACCESS inzage, EMERGENCY noodprocedure, DISCLOSURE verstrekking, MEASURE maatregel, REFERRAL verwijzing, KNOWN_HERE check op bekendheid.",
);
export const RedateReasonCode = asEnum(
  RedateReason,
  "RedateReason",
  "Why a task gets another day: UNSAFE_TO_TELL vertellen is nu onveilig, FAMILY_NOT_REACHED gezin niet bereikt, FAMILY_ASKED op verzoek van het gezin, WAITING_FOR_OTHER wacht op een ander, CAPACITY geen tijd of bezetting.",
);
