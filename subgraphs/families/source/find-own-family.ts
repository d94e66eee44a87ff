// A member of a family who asks for themselves: who they are in the register, and their children.

import type { Pool } from "pg";
import { ageBandOn } from "../../../shared/kernel/age-band";
import { today, type PlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import type { PersonRow } from "../mapping/rows";
import { findPersons } from "./find-families";
import { findChildren } from "./find-relations";

/** The requester and their children; `person` is null for who is nobody in the register. */
export interface OwnFamily {
  readonly person: PersonRow | null;
  readonly children: readonly PersonRow[];
}

/**
 * Whom a requester of a family is, by the id in the token. The function has to fit: a parent, or a child from 12 on,
 * when rights of their own begin (Jeugdwet 7.3.10, 7.3.15). Null for a worker. Throws RECORD_UNAVAILABLE.
 */
export async function findOwnFamily(
  pool: Pick<Pool, "query">,
  requester: Requester,
): Promise<OwnFamily | null> {
  if (requester.kind !== "FAMILY") return null;
  const [person] = await findPersons(pool, [requester.worker]);
  if (!person || !fits(person, requester, today())) return { person: null, children: [] };
  const children = person.role === "PARENT" ? await findChildren(pool, [person.id]) : [];
  return { person, children };
}

function fits(person: PersonRow, { workerFunction }: Requester, day: PlainDate): boolean {
  if (workerFunction === "PARENT") return person.role === "PARENT";
  const band = ageBandOn(person, day);
  return (
    workerFunction === "YOUNG_PERSON" && person.role === "CHILD" && band !== "UNBORN" && band !== "UNDER_12"
  );
}
