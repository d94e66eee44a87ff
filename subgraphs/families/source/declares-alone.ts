// Who may use the emergency procedure without being assigned to the family (decision table, row 58).

import type { WorkerFunction } from "../../../shared/kernel/codes";

const FUNCTIONS: readonly WorkerFunction[] = ["ASSESSOR", "GUARDIAN", "INVESTIGATOR"];

/** May someone in this function declare an emergency for a family that they do not work with? */
export const declaresAlone = (workerFunction: WorkerFunction): boolean => FUNCTIONS.includes(workerFunction);
