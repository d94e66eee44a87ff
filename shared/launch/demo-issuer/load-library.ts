// Loads the library of the demo issuers without what it says at every load.

/** The library, as it is imported. */
export type OidcLibrary = typeof import("oidc-provider");

/**
 * Loads it. On Node 20 and on releases without long support it warns, in a line that is no log line, though it works
 * there: that sentence is left out, any other passes.
 */
export async function loadLibrary(): Promise<OidcLibrary> {
  const { console: output } = globalThis;
  const warn = output.warn.bind(output);
  output.warn = (...words: unknown[]): void => {
    if (!String(words[0]).includes("Unsupported runtime")) warn(...words);
  };
  try {
    return await import("oidc-provider");
  } finally {
    output.warn = warn;
  }
}
