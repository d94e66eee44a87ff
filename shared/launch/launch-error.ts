// A start that cannot go on for a reason that the operator can act on.

/** Its text says what is wrong and what to do; it is shown without a stack. */
export class LaunchError extends Error {
  override name = "LaunchError";
}
