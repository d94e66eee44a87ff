// `--region` chooses a region for any command, and with it the data folder, before anything is installed.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

const MODULE = join(__dirname, "../../../scripts/lib/region.mjs");
const SCRIPT = `import { chooseRegion } from ${JSON.stringify(MODULE)};
const args = process.argv.slice(1);
chooseRegion(args);
process.stdout.write(JSON.stringify([args, process.env.SCHAKEL_REGION, process.env.SCHAKEL_DATA_DIR]));`;

const run = (words: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, ["--input-type=module", "-e", SCRIPT, "--", ...words], {
    encoding: "utf8",
    env,
  });

test.each([
  [[], {}, [[], null, null]],
  [["--region", "amsterdam"], {}, [[], "amsterdam", ".schakel-amsterdam"]],
  [["--region=amsterdam", "--no-demo"], {}, [["--no-demo"], "amsterdam", ".schakel-amsterdam"]],
  [["worker", "--region", "/etc/elders.json"], {}, [["worker"], "/etc/elders.json", ".schakel-elders"]],
  [[], { SCHAKEL_REGION: "amsterdam" }, [[], "amsterdam", ".schakel-amsterdam"]],
  [["--region", "utrecht"], { SCHAKEL_REGION: "amsterdam" }, [[], "utrecht", null]],
  [["--region", "amsterdam"], { SCHAKEL_DATA_DIR: "here" }, [[], "amsterdam", "here"]],
])("%j with %j", (words, env, expected) => {
  const { status, stdout } = run(words, env);
  expect([status, JSON.parse(stdout)]).toEqual([0, expected]);
});

test.each([[["--region"]], [["--region", "--no-demo"]], [["--region="]]])("%j is wrong use", (words) => {
  const { status, stdout, stderr } = run(words);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/--region takes/);
});
