// Every persona comes from an issuer of the region that can vouch for its function, and every organisation that the rules
// know has its privacy officer.

import { employs, functionsAt } from "../../../gateway/privacy/purposes";
import { regionIssuers } from "../../../shared/region/issuers";
import { PERSONAS } from "../../kit/personas";
import { loadRegion } from "../../../shared/region/region";
import { demoFamilies } from "../../kit/demo-register";

const region = loadRegion("utrecht");
/** Of a kind that no rule names, nobody has a function in the hub. */
const organisations = region.organisations
  .filter(({ kind }) => functionsAt(kind).length > 0)
  .map((one) => one.code as string);

test("no two personas share a code", () => {
  expect(new Set(PERSONAS.map((one) => one.code)).size).toBe(PERSONAS.length);
});

test("every issuer of the region that can vouch for somebody has a persona, and every persona such an issuer", () => {
  const issuers = new Set(PERSONAS.map((one) => one.organisation));
  expect([...issuers].toSorted()).toEqual([...organisations, "family", "hub", "municipality"].toSorted());
});

test.each(PERSONAS)("the issuer of $code can vouch for its function", ({ organisation, workerFunction }) => {
  const issuer = regionIssuers(region).find(({ code }) => code === organisation);
  expect(issuer && employs(issuer.kind, workerFunction)).toBe(true);
});

test("an organisation cannot carry the name of an issuer that is none", () => {
  const [first] = region.organisations;
  const organisationsWithFamily = [{ ...first!, code: "family" as (typeof first & object)["code"] }];
  expect(() => regionIssuers({ ...region, organisations: organisationsWithFamily })).toThrow(RangeError);
});

test("who asks from within a family is a member of a family of the demo, and nobody else is", async () => {
  const persons = (await demoFamilies()).flatMap((one) => one.persons);
  const roleOf = (worker: string) => persons.find((one) => (one.id as string) === worker)?.role;
  const roles = PERSONAS.map(({ code, worker, organisation, workerFunction }) =>
    organisation === "family" ? [workerFunction, roleOf(worker)] : [worker === code],
  );
  expect(new Set(roles.map((one) => one.join(" ")))).toEqual(
    new Set(["true", "PARENT PARENT", "YOUNG_PERSON CHILD"]),
  );
});

test.each(organisations)("%s has a privacy officer", (organisation) => {
  expect(PERSONAS).toContainEqual(
    expect.objectContaining({ organisation, workerFunction: "PRIVACY_OFFICER" }),
  );
});
