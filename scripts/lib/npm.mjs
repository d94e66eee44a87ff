// Which npm to run.

/** Program and first arguments of the npm that runs this script, or of the one on the path. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  return script && /\.c?js$/.test(script) ? [process.execPath, script] : ["npm"];
}
