// Conditions on facts in words: the names of the facts and values, as docs/privacy-rules.md explains them.

import type { Facts } from "../privacy/facts";
import type { Cube } from "../privacy/cover/cubes";
import type { FactValue, Space } from "../privacy/cover/space";

/** `measureByRequester` as `measure by requester`. */
export const factWords = (name: keyof Facts): string =>
  name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** One fact that has one of these values, in as few words as will do. */
export function valueWords(
  name: keyof Facts,
  values: readonly FactValue[],
  all: readonly FactValue[],
): string {
  const [first] = values;
  if (typeof first === "boolean") return first ? factWords(name) : `no ${factWords(name)}`;
  const others = all.filter((one) => !values.includes(one));
  return others.length < values.length
    ? `${factWords(name)} is not ${either(others)}`
    : `${factWords(name)} is ${either(values)}`;
}

/** A condition given as boxes: each box a row of facts that all hold, the boxes joined by `or`. */
export function conditionWords(space: Space, cubes: readonly Cube[]): string {
  const boxes = cubes.map((cube) =>
    [...cube]
      .map(([level, places]) => {
        const name = space.names[level] as keyof Facts;
        const all = space.valuesOf(name);
        return valueWords(
          name,
          all.filter((_, place) => places.has(place)),
          all,
        );
      })
      .join(", "),
  );
  return boxes.map((box) => box || "always").join("; or ");
}

/** `A, B or C`. */
export function either(words: readonly FactValue[]): string {
  const last = words.at(-1);
  return words.length < 2 ? String(last ?? "") : `${words.slice(0, -1).join(", ")} or ${String(last)}`;
}

/** A count with its thousands apart: 1,234. */
export const number = (value: bigint | number): string => value.toLocaleString("en");

/** Some of a list in as few words as will do: `everything`, `everything but A or B`, or `A, B`. */
export function someOf(some: readonly string[], all: readonly string[], everything = "everything"): string {
  const others = all.filter((one) => !some.includes(one));
  if (others.length === 0) return everything;
  return others.length * 2 < some.length ? `${everything} but ${either(others)}` : some.join(", ");
}
