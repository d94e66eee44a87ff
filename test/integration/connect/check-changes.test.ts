// What `npm run connect -- check` says of what is used and of what runs: operations that would break, and a supergraph in
// which the schema does not fit.

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckCode, Finding } from "../../../gateway/connect/check/finding";
import { committedSchemas, compose } from "../../../gateway/connect/compose-with";
import { loadRegion, typePrefix } from "../../../shared/region/region";
import { check, CODE, codes, connect, env, FIELD, file, folder, PATIENT, start } from "./under-check";

test("an operation that is used and would break is named by its file", async () => {
  const operations = mkdtempSync(join(folder, "operations-"));
  writeFileSync(
    join(operations, "good.graphql"),
    `query ($id: ID!) { family(id: $id) { ${FIELD} { carePlan { summary } } } }`,
  );
  const url = await start();
  expect(codes((await check(url, "--operations", operations)).findings, "PASSED")).toContain(
    "SCHEMA_CHANGES",
  );
  writeFileSync(
    join(operations, "old.graphql"),
    `query ($id: ID!) { family(id: $id) { ${FIELD} { truancy } } }`,
  );
  const { findings } = await check(url, "--operations", operations);
  const found = findings.find((one) => one.check === "SCHEMA_CHANGES");
  expect(found).toMatchObject({ level: "FAILED", cause: expect.stringContaining("old.graphql") as unknown });
  expect(found?.cause).not.toContain("good.graphql");
});

test("the list that the gateway holds its callers to is a list of what is used", async () => {
  const document = `query ($id: ID!) { family(id: $id) { ${FIELD} { truancy } } }`;
  writeFileSync(
    file("operations.json"),
    JSON.stringify([{ id: "family-view", functions: ["WORKER"], document }]),
  );
  mkdirSync(file("listed/WORKER"), { recursive: true });
  writeFileSync(file("listed/WORKER/family-view.graphql"), document);
  const url = await start();
  const fromArgument = await check(url, "--operations", file("operations.json"));
  env.SCHAKEL_OPERATIONS = file("listed");
  const fromSetting = await check(url);
  delete env.SCHAKEL_OPERATIONS;
  for (const { findings } of [fromArgument, fromSetting]) {
    expect(findings.find((one) => one.check === "SCHEMA_CHANGES")).toMatchObject({
      level: "FAILED",
      cause: expect.stringContaining("family-view") as unknown,
    });
  }
});

describe("with the supergraph that runs", () => {
  const same = (sdl: string): string => sdl;
  /** The supergraph of a hub in which the schemas of the others, and this one, are otherwise. */
  const runs = (changeOthers = same, changeOwn = same): string => {
    const schemas = Object.entries(committedSchemas(loadRegion("utrecht")));
    const others = Object.fromEntries(schemas.map(([name, sdl]) => [name, changeOthers(sdl)]));
    const own = changeOwn(readFileSync(file("schema.graphql"), "utf8"));
    const composed = compose({ ...others, [CODE]: own }, loadRegion(env.SCHAKEL_REGION));
    if ("faults" in composed) throw new Error(composed.faults.join("; "));
    writeFileSync(file("supergraph.graphql"), composed.supergraph);
    return file("supergraph.graphql");
  };
  const found = async (supergraph: string): Promise<Partial<Record<CheckCode, Finding>>> => {
    const { findings } = await check(await start(), "--supergraph", supergraph, ...PATIENT);
    return Object.fromEntries(findings.map((one) => [one.check, one]));
  };

  test("a schema that is in it as it is passes", async () => {
    const { SCHEMA_COMPOSES, SCHEMA_CHANGES, SCHEMA_INTERFACES } = await found(runs());
    const levels = [SCHEMA_COMPOSES, SCHEMA_CHANGES, SCHEMA_INTERFACES].map((one) => one?.level);
    expect(levels).toEqual(["PASSED", "PASSED", "PASSED"]);
  });

  test("what its own schema in it had is missed", async () => {
    const dossier = `${typePrefix(CODE)}FamilyDossier`;
    const declared = `type ${dossier} implements FamilyDossier {`;
    const more = (sdl: string): string =>
      sdl.replace(declared, `${declared}\n  remarks: String @category(of: EDUCATION)`);
    const { SCHEMA_CHANGES } = await found(runs(same, more));
    expect(SCHEMA_CHANGES).toMatchObject({
      level: "FAILED",
      cause: `${dossier}.remarks was removed.`,
    });
  });

  test("that the others in it are no longer those of this checkout is found", async () => {
    const change = (sdl: string): string => sdl.replaceAll("  coordinator: String", "  coordinator: Int");
    const { SCHEMA_COMPOSES } = await found(runs(change, change));
    expect(SCHEMA_COMPOSES).toMatchObject({
      level: "FAILED",
      cause: expect.stringContaining("CarePlan.coordinator") as unknown,
    });
  });

  test.each(["schema.graphql", "nowhere.graphql"])("%s is none: wrong use", async (name) => {
    const told = await connect(
      "check",
      "http://127.0.0.1:9/graphql",
      "--organisation",
      CODE,
      "--supergraph",
      file(name),
    );
    expect([told.code, told.printed]).toEqual([2, ""]);
    expect(told.said).toContain(name);
  });
});
