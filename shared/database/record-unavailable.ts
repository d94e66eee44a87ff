// Tells a database that cannot be reached from one that refuses: only the first is worth trying again.

import { SchakelError } from "../kernel/errors";

/** SQLSTATE classes: connection, resources, operator intervention, system error. */
const UNAVAILABLE_STATE = /^(08|53|57P|58)/;
/** Node's network errors, and the driver's own words where it gives no code. */
const NETWORK_ERROR = /^E[A-Z_]+$/;
const DRIVER_MESSAGE = /^(Connection terminated|timeout exceeded|Query read timeout|Client has encountered)/;

/** Does the error say that the database could not be reached or could not go on? */
export function isUnavailable(error: unknown): boolean {
  if (typeof error !== "object" || error === null || error instanceof SchakelError) return false;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === "string") return UNAVAILABLE_STATE.test(code) || NETWORK_ERROR.test(code);
  return typeof message === "string" && DRIVER_MESSAGE.test(message);
}

/** Does `work` on the hub's record; a database that cannot be reached becomes RECORD_UNAVAILABLE, with the cause. */
export async function onRecord<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isUnavailable(cause)) throw new SchakelError("RECORD_UNAVAILABLE", {}, { cause });
    throw cause;
  }
}
