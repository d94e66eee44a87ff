// Which region a command is about: `--region amsterdam` is short for SCHAKEL_REGION, and each has a data folder of its own.

import { basename } from "node:path";
import { fail } from "./project.mjs";

const OPTION = "--region";
/** Of what is used when no region is named. */
const DEFAULT_REGION = "utrecht";

/**
 * Takes `--region <code or file>` out of the arguments and puts it in the environment, with the data folder of that region
 * unless one is set, so that what runs in one region never meets the data of another.
 */
export function chooseRegion(args = process.argv, env = process.env) {
  const at = args.findIndex((arg) => arg === OPTION || arg.startsWith(`${OPTION}=`));
  if (at >= 0) {
    const [option, value = ""] = args[at].split("=", 2);
    const isApart = args[at] === option;
    const region = isApart ? (args[at + 1] ?? "") : value;
    if (region === "" || region.startsWith("-"))
      fail(`${OPTION} takes the code of a region, or its file.`, 2);
    args.splice(at, isApart ? 2 : 1);
    env.SCHAKEL_REGION = region;
  }
  const { SCHAKEL_REGION: region = DEFAULT_REGION, SCHAKEL_DATA_DIR, SCHAKEL_DATA_DIR_FILE } = env;
  const code = basename(region, ".json");
  if (code === DEFAULT_REGION || SCHAKEL_DATA_DIR !== undefined || SCHAKEL_DATA_DIR_FILE !== undefined)
    return;
  env.SCHAKEL_DATA_DIR = `.schakel-${code}`;
}
