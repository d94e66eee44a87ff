// Who has to do with the texts and decisions that workers exchange about a family, and for which purposes.

import type { Purpose } from "../../../shared/kernel/codes";
import { SchakelError } from "../../../shared/kernel/errors";
import type { Grant } from "../../../shared/kernel/requester";
import { mustBeWorker } from "./assigned-now";

/** Advice is given without knowing whom it is about, and oversight looks at who looked: neither is work with a family. */
const WORK: readonly Purpose[] = [
  "CARE",
  "SAFETY_ASSESSMENT",
  "INVESTIGATION",
  "INDEPENDENT_REVIEW",
  "MEASURE_EXECUTION",
  "REFERRAL",
  "ACUTE_SAFETY",
];

/** Throws ACCESS_DENIED, with the purposes that it takes, unless someone who works with families asks in that work. */
export function mustBeAtWork({ requester, purpose }: Pick<Grant, "requester" | "purpose">): void {
  mustBeWorker(requester);
  if (!WORK.includes(purpose)) throw new SchakelError("ACCESS_DENIED", { purposesNeeded: WORK });
}
