// The queries of docs/tasks-and-registers.md are answered as they stand there, and what it names exists.

import { readFileSync } from "node:fs";
import path from "node:path";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import type { Requester } from "../../../shared/kernel/requester";
import { aRequester } from "../../kit/requesters";
import { withContract, withRegister } from "./arrange";

const register = withRegister();
const ask = withContract(register);
const folder = path.join(__dirname, "..", "..", "..");
const page = readFileSync(path.join(folder, "docs", "tasks-and-registers.md"), "utf8");
const blocks = [...page.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

const mother: Requester = {
  worker: toWorkerId("OVV-06-1"),
  organisation: toOrganisationCode("family"),
  kind: "FAMILY",
  legalEntity: "family",
  workerFunction: "PARENT",
};

test("who a member of a family is", async () => {
  const query = blocks.find((one) => one.includes("me {")) ?? "";
  const { data, codes } = await ask(mother, query, "SUBJECT_RIGHTS");
  expect(codes).toEqual([]);
  expect(data).toMatchObject({ me: { person: { id: "OVV-06-1" }, children: { length: 2 } } });
});

test("what there is to do", async () => {
  const query = blocks.find((one) => one.includes("tasks(")) ?? "";
  const { data, codes } = await ask(aRequester("lokalis.worker", "WORKER"), query);
  expect(codes).toEqual([]);
  expect(data).toMatchObject({ tasks: { totalCount: 0, edges: [] } });
});

test("every change that it names is one of the contract", () => {
  const contract = readFileSync(
    path.join(folder, "shared", "region", "regions", "utrecht", "supergraph.graphql"),
    "utf8",
  );
  const table = page.slice(page.indexOf("| register"), page.indexOf("Who _works with_"));
  const named = [...table.matchAll(/`([a-z][A-Za-z]+)`/g)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(15);
  for (const name of named) expect(contract).toMatch(new RegExp(`^  ${name}\\(`, "m"));
});
