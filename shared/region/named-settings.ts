// Settings that there are one of for each subgraph or organisation of the region, such as SCHAKEL_SUBGRAPH_URL_LOKALIS.

import { NAMED_SETTINGS, unknownName } from "../kernel/known-settings";
import { settingName } from "../kernel/service-settings";
import { givenSettings, type Environment, type GivenSettings } from "../kernel/setting-files";
import { demoOf } from "./demo";
import { loadRegion, subgraphNames, type Region } from "./region";

/** The settings `start` + name that are set, from the environment or a file, by the name as it stands in the region. */
export function givenPerName(
  start: string,
  names: readonly string[],
  env: Environment,
): { readonly values: ReadonlyMap<string, string>; readonly faults: GivenSettings["faults"] } {
  const given = givenSettings(
    env,
    names.map((name) => start + settingName(name)),
  );
  const values = names.flatMap((name) => {
    const value = given.values[start + settingName(name)];
    return value === undefined || value === "" ? [] : [[name, value] as const];
  });
  return { values: new Map(values), faults: given.faults };
}

/** For readSettings: is there such a region, and is every setting with a name in it about a part of that region? */
export function checkRegion(
  { SCHAKEL_REGION: code }: { readonly SCHAKEL_REGION?: string },
  env: Environment,
) {
  if (code === undefined) return [];
  let region: Region;
  try {
    region = loadRegion(code);
    demoOf(region);
  } catch (error) {
    return [`SCHAKEL_REGION: ${(error as RangeError).message}`];
  }
  const names = subgraphNames(region).map(settingName);
  return Object.keys(env).flatMap((name) => {
    const start = NAMED_SETTINGS.find((one) => name.startsWith(one));
    if (start === undefined || names.includes(name.slice(start.length).replace(/_FILE$/, ""))) return [];
    return [
      unknownName(
        name,
        names.map((one) => start + one),
      ),
    ];
  });
}
