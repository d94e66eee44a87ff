// A sign-in or sign-out that cannot go on for a reason that the user can act on.

/** Its text says what is wrong and what to do; it is shown without a stack, and never holds a token. */
export class SignInError extends Error {
  override name = "SignInError";
}
