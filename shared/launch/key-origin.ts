// What a key was made for. A key for a demo says so in its file, wherever that is copied to, and is refused in production.

/** For a demo (the fictional families, on any machine), or for real families. */
export type KeyOrigin = "DEMO" | "OWN";

const MARK = { madeFor: "demo" } as const;

/** The content of a key file, with the mark of its origin. */
export const withOrigin = <T extends object>(content: T, origin: KeyOrigin): T =>
  origin === "DEMO" ? { ...content, ...MARK } : content;

/** Was this key, or one of these keys, made for a demo? */
export function isForDemo(content: unknown): boolean {
  if (typeof content !== "object" || content === null) return false;
  const { madeFor, keys } = content as { readonly madeFor?: unknown; readonly keys?: unknown };
  return madeFor === MARK.madeFor || (Array.isArray(keys) && keys.some(isForDemo));
}
