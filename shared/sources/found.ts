// What a source found: each key by itself, so that one that cannot be answered does not take the others along.

/** What was found, by key; an Error (SOURCE_UNAVAILABLE) for what may be in something that could not be read. */
export type Found<Data> = ReadonlyMap<string, Data | Error>;

/** What was found; throws the first error in it, for who can do nothing with a part. */
export function allFound<Data>(found: Found<Data>): ReadonlyMap<string, Data> {
  return new Map(
    Array.from(found, ([key, one]) => {
      if (one instanceof Error) throw one;
      return [key, one] as const;
    }),
  );
}
