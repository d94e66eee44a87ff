/** Arguments that the command does not understand; the text says what it takes. */
export class ArgumentError extends Error {
  override name = "ArgumentError";
}
