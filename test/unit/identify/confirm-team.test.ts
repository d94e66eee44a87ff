// What a token says of a team is a wish; the register decides, and a family has no team.

import { confirmTeam } from "../../../gateway/identify/confirm-team";
import type { Requester } from "../../../shared/kernel/requester";
import { aRequester } from "../../kit/requesters";

const worker = aRequester("lokalis.worker", "WORKER");
const wishing = (team: string): Requester => ({ ...worker, team });
const inTeams =
  (...teams: string[]) =>
  async () =>
    teams;

test.each<[string, Requester, readonly string[], string | undefined]>([
  ["the team of the token, when they belong to it", wishing("b"), ["a", "b"], "b"],
  ["the one they have been in longest, when the token says another", wishing("c"), ["a", "b"], "a"],
  ["the one they have been in longest, when the token says none", worker, ["a", "b"], "a"],
  ["none, when they belong to none", wishing("a"), [], undefined],
])("acts for %s", async (_what, requester, teams, team) => {
  const confirmed = await confirmTeam(requester, inTeams(...teams));
  expect(confirmed).toEqual(team === undefined ? worker : { ...worker, team });
});

test("a member of a family is asked for no team", async () => {
  const parent: Requester = { ...worker, kind: "FAMILY", workerFunction: "PARENT" };
  await expect(
    confirmTeam({ ...parent, team: "a" }, () => Promise.reject(new Error("asked"))),
  ).resolves.toEqual(parent);
});

test("nobody acts for anything while the register cannot be read", async () => {
  await expect(confirmTeam(wishing("a"), () => Promise.reject(new Error("away")))).rejects.toMatchObject({
    code: "RECORD_UNAVAILABLE",
  });
});
