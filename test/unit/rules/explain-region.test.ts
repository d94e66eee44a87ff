// The rules are explained for the organisations of a region: the one that is named, or that is in use.

import { ArgumentError } from "../../../gateway/rules/arguments";
import { readQuestion } from "../../../gateway/rules/explain-facts";
import { loadRegion } from "../../../shared/region/region";

const asked = (organisation: string, more: Record<string, string> = {}): Map<string, string> =>
  new Map(Object.entries({ function: "WORKER", organisation, purpose: "CARE", ...more }));
const holders = (options: Map<string, string>, inUse?: string): string[] =>
  readQuestion(options, inUse).holders.map(({ name }) => name);
const names = (region: string): string[] => loadRegion(region).organisations.map(({ name }) => name);

test("of the region that is named, before the one in use, before the default", () => {
  expect(holders(asked("lokalis"))).toEqual(expect.arrayContaining(names("utrecht")));
  expect(holders(asked("samen-doen"), "amsterdam")).toEqual(expect.arrayContaining(names("amsterdam")));
  const named = asked("lokalis", { region: "utrecht" });
  expect(holders(named, "amsterdam")).toEqual(expect.arrayContaining(names("utrecht")));
});

test("what an organisation left behind is judged as held by who continues its work", () => {
  const { holders: found } = readQuestion(asked("lokaal-team", { region: "toekomstscenario" }));
  const region = loadRegion("toekomstscenario");
  const next = region.organisations.find(({ code }) => (code as string) === "rvt-melding");
  const left = found.find(({ name }) => name === `Veilig Thuis, held by ${next?.name}`);
  expect(left).toMatchObject({ code: "rvt-melding", kind: next?.kind, legalEntity: next?.legalEntity });
});

test("an organisation of another region, and a region that there is not, are refused with what there is", () => {
  expect(() => readQuestion(asked("lokalis", { region: "amsterdam" }))).toThrow(/samen-doen/);
  expect(() => readQuestion(asked("lokalis", { region: "nergens" }))).toThrow(ArgumentError);
  expect(() => readQuestion(asked("lokalis", { region: "nergens" }))).toThrow(/known are: .*utrecht/);
});
