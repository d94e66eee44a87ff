// A folder of which something cannot be read: who is not found may be in it. Nobody is told to be unknown then, whoever asks;
// and who is found is given, whoever else was asked for.

import { graphql } from "graphql";
import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import type { Logger } from "../../../shared/kernel/logger";
import type { FilesSource } from "../../../shared/sources/files/settings";
import type { OrganisationSource } from "../../../shared/sources/organisation-source";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import { createRecordSource } from "../../../shared/sources/record-source";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createContext } from "../../../shared/subgraph-kit/context";
import { definition } from "../../../subgraphs/rvdk/schema";
import { CSV, DroppedFiles, exportOf, message, XML } from "../../kit/dropped-files";
import { eventually } from "../../kit/hub";
import { aGrant, aRequester } from "../../kit/requesters";

const KEY = { version: 1, secret: Buffer.alloc(32, 7) };
/** The number in every message of the kit, and another one. */
const [ONE, OTHER] = ["099992021", "999921137"];
const known = pseudonymOf(KEY, { bsn: ONE });
const unread = pseudonymOf(KEY, { bsn: OTHER });
const WRONG = expect.objectContaining({
  code: "SOURCE_UNAVAILABLE",
  details: { cause: "FAILED" },
}) as unknown;

const first = message("R-1", "20200101", "Een");
const second = message("R-2", "20200101", "Twee").replace("99992021", OTHER);
const half = second.slice(0, 120);

let files: DroppedFiles;
beforeEach(async () => {
  files = await DroppedFiles.make();
});
afterEach(() => files.remove());

/** A source that reads everybody again whenever somebody is not known, and what it logs. */
function openSource(kind: FilesSource = XML) {
  const reader = files.open(kind);
  const logged: unknown[] = [];
  const log = { warn: (...line: unknown[]) => void logged.push(line) } as unknown as Logger;
  const mapping = {
    toFamily: () => ({}) as FamilyDossierData,
    toPerson: () => ({}) as PersonDossierData,
  };
  const source = createRecordSource({ reader, mapping, pseudonymKey: KEY, log, indexRefreshMs: 0 });
  return { reader, source, logged };
}

/** What a check whether these people are known here gets, as the hub asks it. */
async function askKnownHere(source: OrganisationSource, pseudonyms: readonly string[]) {
  const subjects = pseudonyms.map((key, at) => ({
    type: "Person" as const,
    id: `P-${at}`,
    key,
    categories: ["INVOLVEMENT" as const],
  }));
  const grant = { ...aGrant(aRequester("lokalis.worker", "WORKER"), "CONSULT"), subjects };
  const { data, errors } = await graphql({
    schema: await buildSubgraphSchema(definition),
    source:
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person { rvdk { __typename } } } }",
    variableValues: { r: subjects.map(({ type, id }) => ({ __typename: type, id })) },
    contextValue: createContext(grant, { kind: "organisation", source }),
  });
  return {
    known: ((data?.["_entities"] ?? []) as { rvdk: object | null }[]).map(({ rvdk }) => rvdk !== null),
    errors: (errors ?? []).map(({ path, originalError }) => [path?.[1], originalError]),
  };
}

describe("with a message that cannot be read", () => {
  beforeEach(async () => {
    await files.drop("bericht-1.xml", first);
    await files.drop("bericht-2.xml", half);
  });

  test("a case that is found is given, whichever others are asked for", async () => {
    const { source } = openSource();
    expect([...(await source.findFamilies(["R-1"])).values()]).toEqual([{}]);
    expect(await source.findFamilies(["R-1", "R-2", "R-3"])).toEqual(
      new Map<string, unknown>([
        ["R-1", {}],
        ["R-2", WRONG],
        ["R-3", WRONG],
      ]),
    );
  });

  test("a person who is not found may be in it, and one who is found is given", async () => {
    const { source } = openSource();
    expect(await source.findPersons([unread, known])).toEqual(
      new Map<string, unknown>([
        [known, {}],
        [unread, WRONG],
      ]),
    );
    expect(await source.people?.find([unread, known])).toEqual(
      new Map<string, unknown>([
        [unread, WRONG],
        [known, "R-1/1"],
      ]),
    );
    await expect(source.findNumbers?.([known, unread])).rejects.toEqual(WRONG);
    expect(await source.findNumbers?.([known])).toEqual(new Map([[known, ONE]]));
  });

  test("who is asked whether they know somebody does not say no", async () => {
    const { source } = openSource();
    expect(await askKnownHere(source, [known, unread])).toEqual({
      known: [true, false],
      errors: [[1, WRONG]],
    });
  });

  test("pseudonyms are renewed when everybody of a question is known, and otherwise not at all", async () => {
    const { source } = openSource();
    expect(await source.people?.renew([known])).toEqual({
      version: 1,
      pseudonyms: new Map([[known, known]]),
    });
    await expect(source.people?.renew([known, unread])).rejects.toEqual(WRONG);
  });

  test("everybody is told again once it can be read, also who is not there", async () => {
    const { reader, source } = openSource();
    expect((await source.findPersons([unread])).get(unread)).toEqual(WRONG);
    await files.drop("bericht-2.xml", second);
    await reader.look();
    // It is read again after its rest.
    const found = await eventually("everybody", async () => {
      const given = await source.findPersons([known, unread, "nobody"]);
      return given.get(unread) instanceof Error ? undefined : given;
    });
    expect(found).toEqual(
      new Map([
        [known, {}],
        [unread, {}],
      ]),
    );
    expect((await source.findFamilies(["R-2", "R-3"])).size).toBe(1);
    expect(await askKnownHere(source, ["nobody"])).toEqual({ known: [false], errors: [] });
  });
});

test("somebody who was known is not unknown when their message cannot be read any more", async () => {
  await files.drop("bericht-1.xml", first);
  await files.drop("bericht-2.xml", second);
  const { reader, source } = openSource();
  expect((await source.findPersons([known, unread])).size).toBe(2);
  await files.drop("bericht-2.xml", half);
  await reader.look();
  expect(await source.findPersons([known, unread])).toEqual(
    new Map<string, unknown>([
      [known, {}],
      [unread, WRONG],
    ]),
  );
});

describe("people who have no case, or no number in it,", () => {
  const counted = (people: number) => [
    [{ people }, "people without a case or a number in it cannot be asked for"],
  ];

  test("are counted on the lines of an export, and no lines without a case are one case together", async () => {
    const lines = ["W-1;1;99992021;Een", `W-1;X;${OTHER};Twee`, "W-1;;;Drie", ";1;;Vier", " ;1;;Vijf"];
    await files.drop("export-1.csv", exportOf(lines));
    const { reader, source, logged } = openSource(CSV);
    expect(await source.people?.find([known])).toEqual(new Map([[known, "W-1/1"]]));
    expect(logged).toEqual(counted(4));
    expect((await reader.families(["", "W-1"])).size).toBe(1);
  });

  test("are counted in messages, and a message without a case is one that cannot be read", async () => {
    await files.drop("bericht-1.xml", first);
    await files.drop("bericht-2.xml", second.replace("<nr>1</nr>", "<nr>X</nr>"));
    await files.drop("bericht-3.xml", second.replaceAll("R-2", "R-3").replace("<nr>1</nr>", ""));
    // A case in which nobody stands has nobody who is left out.
    await files.drop("bericht-4.xml", second.replaceAll("R-2", "R-4").replace(/<lid>.*<\/lid>/, "<lid/>"));
    const { reader, source, logged } = openSource();
    expect(await source.people?.find([known])).toEqual(new Map([[known, "R-1/1"]]));
    expect(logged).toEqual(counted(2));
    expect(reader.incomplete()).toBe(false);
    await files.drop("bericht-5.xml", first.replace("R-1", ""));
    await reader.look();
    expect(reader.incomplete()).toBe(true);
  });
});
