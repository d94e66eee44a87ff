// A bounded memory that forgets what was not used lately: two generations, so that finding costs one look-up.

/** Remembers at most `capacity` values; one that is found stays longer than one that is not. */
export interface Memory<Value> {
  find(key: number): Value | undefined;
  remember(key: number, value: Value): void;
  readonly size: number;
}

/** Makes a memory. `capacity` is a whole number of values, 2 or more; throws a RangeError otherwise. */
export function createMemory<Value extends object>(capacity: number): Memory<Value> {
  if (!Number.isInteger(capacity) || capacity < 2) throw new RangeError("A memory holds 2 values or more.");
  // The young generation fills up to half; then it becomes the old one, and what was old and not found is gone.
  const half = Math.floor(capacity / 2);
  let young = new Map<number, Value>();
  let old = new Map<number, Value>();
  const remember = (key: number, value: Value): void => {
    if (young.size >= half) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    find(key) {
      const found = young.get(key);
      if (found !== undefined) return found;
      const older = old.get(key);
      if (older !== undefined) remember(key, older);
      return older;
    },
    remember,
    get size() {
      return young.size + old.size;
    },
  };
}
