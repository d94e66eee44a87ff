// Everybody whom a reader gives, whether at once or page by page.

import type { People, Somebody } from "../../shared/sources/record-reader";

/** All of them together, in their order; undefined when the reader said that nobody has changed. */
export async function together(reading: Promise<People | undefined>): Promise<Somebody[] | undefined> {
  const people = await reading;
  if (people === undefined) return undefined;
  const all: Somebody[] = [];
  for await (const some of pagesOf(people)) all.push(...some);
  return all;
}

/** The pages that they come in; one when they come at once. */
export async function* pagesOf(people: People): AsyncGenerator<readonly Somebody[]> {
  if (Symbol.asyncIterator in people) yield* people;
  else yield people;
}
