// What the requester's own organisation tells the hub of somebody about whom a case is opened, beside the case itself.

import type { Category } from "./codes";
import type { PlainDate } from "./plain-date";

/** Absent where the organisation's system holds nothing of it. */
export interface OwnWord {
  readonly birthDate?: PlainDate | undefined;
  /** False of a parent or carer. */
  readonly child?: boolean | undefined;
}

/** The categories of what is told: of these it is on record that they left, at the source and in the access log. */
export const toldCategories = ({ birthDate, child }: OwnWord): readonly Category[] => [
  ...(birthDate === undefined ? [] : (["IDENTITY"] as const)),
  ...(child === undefined ? [] : (["HOUSEHOLD"] as const)),
];
