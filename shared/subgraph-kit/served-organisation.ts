// Which organisation a process serves, where one folder of `subgraphs/` serves all that run the same package.

import { toOrganisationCode } from "../kernel/ids";
import { createLogger } from "../kernel/logger";
import { givenSettings, type Environment } from "../kernel/setting-files";
import { WRONG_SETTINGS_CODE } from "../kernel/settings";
import { DEFAULT_REGION, findRegion, loadRegion, type Organisation, type Region } from "../region/region";

const NAME = "SCHAKEL_ORGANISATION";

/** An organisation and its region. */
export interface Served {
  readonly region: Region;
  readonly organisation: Organisation;
}

/** Stands for any organisation in the schema that is committed in the folder of a package. */
const anyOrganisation = (folder: string): Organisation => ({
  code: toOrganisationCode(folder),
  name: folder,
  kind: "LOCAL_TEAM",
  legalEntity: folder,
  field: folder,
  phone: "",
  subgraph: folder,
  keepsFamilies: false,
});

/**
 * The organisation that SCHAKEL_ORGANISATION names, in the region of the settings. Undefined, with the faults in the log and
 * the exit code of wrong settings, when this folder does not serve it there. `command` is the first word of the process:
 * `schema` prints what all of them have in common, under the name of the folder, and is about none.
 */
export function servedOrganisation(
  folder: string,
  env: Environment,
  command: string | undefined,
): Served | undefined {
  if (command === "schema")
    return { region: loadRegion(DEFAULT_REGION), organisation: anyOrganisation(folder) };
  const { values } = givenSettings(env, [NAME, "SCHAKEL_REGION"]);
  const code = values["SCHAKEL_REGION"] ?? DEFAULT_REGION;
  const region = findRegion(code);
  const here = region?.organisations.filter(({ subgraph }) => subgraph === folder) ?? [];
  const organisation = here.find((one) => (one.code as string) === values[NAME]);
  if (region && organisation) return { region, organisation };
  const known = here.map((one) => one.code).join(", ");
  const faults = region
    ? [`${NAME}: ${known === "" ? `${region.code} has no organisation for ${folder}` : `one of ${known}`}`]
    : ["SCHAKEL_REGION: is no region"];
  createLogger(folder, "info").fatal({ faults }, "wrong settings");
  process.exitCode = WRONG_SETTINGS_CODE;
  return undefined;
}
