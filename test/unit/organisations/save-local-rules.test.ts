// Where SAVE is stricter than the hub: whoever stays at a shielded place is not to be found by what SAVE tells others.

import { Category, type WorkerFunction } from "../../../shared/kernel/codes";
import type { GrantedSubject } from "../../../shared/kernel/requester";
import { applyLocalRules, type Refusals } from "../../../shared/subgraph-kit/local-rules";
import { localRules, SHIELDED_STAY } from "../../../subgraphs/save/source/local-rules";
import { aGrant, aRequester } from "../../kit/requesters";

const ALL = Object.values(Category);
const subject: GrantedSubject = { type: "Person", id: "OVV-10-1", key: "pseudonym", categories: ALL };
const failed = jest.fn();

/** What SAVE refuses of a record with these marks to this worker. */
function refusedTo(worker: string, workerFunction: WorkerFunction, marks: readonly string[]): Refusals {
  const grant = aGrant(aRequester(worker, workerFunction), "CARE");
  const ruling = applyLocalRules(localRules, grant, { error: failed });
  return new Map([...ruling.onRequest(subject), ...ruling.onRecord(subject, marks)]);
}

afterEach(() => {
  expect(failed).not.toHaveBeenCalled();
});

test("of a shielded stay it refuses others what can lead to the place, and leaves safety open", () => {
  const refused = refusedTo("lokalis.worker", "WORKER", [SHIELDED_STAY]);
  expect([...refused.keys()].toSorted()).toEqual([
    "CARE_PLAN",
    "CHILD_HEALTH",
    "EDUCATION",
    "HOUSEHOLD",
    "IDENTITY",
    "LIVING_SITUATION",
    "PARENT_HEALTH",
  ]);
  // Nothing in it tells of a shielded stay.
  expect(new Set(refused.values())).toEqual(new Set(["OWN_POLICY"]));
});

test.each<[string, string, WorkerFunction, readonly string[]]>([
  ["its own workers nothing", "save.voluntary", "VOLUNTARY_WORKER", [SHIELDED_STAY]],
  ["nobody anything of a record without the mark", "lokalis.worker", "WORKER", []],
  ["nobody anything because of another mark", "veilig-thuis.assessor", "ASSESSOR", ["ANDERS"]],
])("it refuses %s", (_what, worker, workerFunction, marks) => {
  expect(refusedTo(worker, workerFunction, marks).size).toBe(0);
});
