// Paths into an answer, as attack cases write them: `family.members.*.lokalis.identity`, where `*` is every item.

/** The values at a path by their full path; an empty map when a step is not there. `null` is a value. */
export function valuesAt(data: unknown, path: string): ReadonlyMap<string, unknown> {
  let found = new Map<string, unknown>([["", data]]);
  for (const step of path.split(".")) {
    const next = new Map<string, unknown>();
    for (const [at, value] of found) {
      for (const [key, inner] of stepsOf(value, step)) next.set(at === "" ? key : `${at}.${key}`, inner);
    }
    found = next;
  }
  return found;
}

function stepsOf(value: unknown, step: string): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [];
  if (step === "*") return Object.entries(value);
  return Object.hasOwn(value, step) ? [[step, (value as Record<string, unknown>)[step]]] : [];
}

/** Is there something: not null, and not an empty list? */
export const isSomething = (value: unknown): boolean =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
