// What the figures are held beside; nothing is judged by them here.

import { WHOLE } from "./sizes";

/** Targets of the project. */
export const TARGETS = {
  /** Of verifying so many entries. */
  verifySeconds: 60,
  verifyEntries: WHOLE.verified,
  /** 95 of 100 times each main question is asked of so many entries. */
  questionP95Ms: 100,
  questionEntries: WHOLE.asked,
} as const;
