// The list of operations that each function may ask: from a folder or a file, by text, name or hash.

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAllowedOperations } from "../../../gateway/door/allowed-operations";
import { GOOD, codesOf, openSmallDoor, type SmallDoor } from "../../kit/small-door";

const doors: SmallDoor[] = [];
const open = async (...deps: Parameters<typeof openSmallDoor>): Promise<SmallDoor> => {
  const door = await openSmallDoor(...deps);
  doors.push(door);
  return door;
};
afterAll(async () => {
  await Promise.all(doors.map(async (one) => one.stop()));
});

describe("a list of operations", () => {
  const OTHER = 'query Other { family(id: "OVV-07") { id } }';
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "schakel-operations-"));
    for (const [name, file, text] of [
      ["ALL", "good.graphql", `${GOOD}\n`],
      ["REVIEWER", "other.graphql", OTHER],
    ] as const) {
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(join(folder, name, file), text);
    }
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const listFile = (content: unknown): string => {
    const file = join(folder, "list.json");
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

  test("lets in what is listed for everybody or for the function, by its text, its name or its hash", async () => {
    const { send, recorded } = await open({ operations: readAllowedOperations(folder) });
    const hash = createHash("sha256").update(OTHER).digest("hex");
    const asReviewer = { worker: "rvdk.reviewer", headers: { purpose: "INDEPENDENT_REVIEW" } };
    for (const json of [
      { query: GOOD },
      { query: `  ${GOOD}\r\n` },
      { documentId: "good" },
      { documentId: "good", query: GOOD },
    ]) {
      expect([json, (await send({ json })).status]).toEqual([json, 200]);
    }
    for (const json of [
      { query: OTHER },
      { documentId: "other" },
      { documentId: `sha256:${hash}` },
      { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } },
    ]) {
      expect([json, (await send({ json, ...asReviewer })).status]).toEqual([json, 200]);
      const answer = await send({ json });
      expect([answer.status, codesOf(answer)]).toEqual([403, ["OPERATION_NOT_ALLOWED"]]);
    }
    expect(recorded.filter((code) => code === "OPERATION_NOT_ALLOWED")).toHaveLength(4);
  });

  test.each([
    ["another text", { query: '{ family(id: "OVV-06") { id status } }' }],
    ["no text", {}],
    ["a name that is not listed", { documentId: "another" }],
    ["a name that every object has", { documentId: "constructor" }],
    ["a name that is none", { documentId: 7 }],
    ["a text beside the name of another", { documentId: "good", query: OTHER }],
  ])("refuses %s", async (_what, json) => {
    const { send } = await open({ operations: readAllowedOperations(folder) });
    const answer = await send({ json: { ...json, variables: {} } });
    expect([answer.status, codesOf(answer)]).toEqual([403, ["OPERATION_NOT_ALLOWED"]]);
    expect(answer.text).not.toContain('"data"');
  });

  test("can be one file, with names, functions and documents", async () => {
    const operations = readAllowedOperations(
      listFile([
        { id: "view:1", functions: ["WORKER"], document: GOOD },
        { functions: ["ALL"], document: OTHER },
      ]),
    );
    const { send } = await open({ operations });
    expect((await send({ json: { documentId: "view:1" } })).status).toBe(200);
    expect((await send({ json: { query: OTHER } })).status).toBe(200);
  });

  test.each([
    ["what is no GraphQL", [{ id: "a", functions: ["ALL"], document: "{" }], /a: Syntax Error/],
    ["a function that there is not", [{ id: "a", functions: ["KING"], document: GOOD }], /functions/],
    [
      "one name for two documents",
      [
        { id: "a", functions: ["ALL"], document: GOOD },
        { id: "a", functions: ["ALL"], document: OTHER },
      ],
      /a: another document/,
    ],
    ["what is no list", { a: 1 }, /SCHAKEL_OPERATIONS/],
  ])("cannot hold %s", (_what, content, fault) => {
    expect(() => readAllowedOperations(listFile(content))).toThrow(fault);
  });

  test("must be there, and name functions that there are", () => {
    expect(() => readAllowedOperations(join(folder, "elsewhere"))).toThrow(/SCHAKEL_OPERATIONS/);
    mkdirSync(join(folder, "KING"));
    expect(() => readAllowedOperations(folder)).toThrow(/KING/);
  });
});
