// Every persona works for an issuer of the region, and every organisation has its privacy officer.

import { HUB_ISSUER, PERSONAS } from "../../../shared/region/personas";
import { loadRegion } from "../../../shared/region/region";

const organisations = loadRegion("utrecht").organisations.map((one) => one.code as string);

test("no two personas share a code", () => {
  expect(new Set(PERSONAS.map((one) => one.code)).size).toBe(PERSONAS.length);
});

test("every persona works for an organisation of the region or for the hub", () => {
  const employers = new Set(PERSONAS.map((one) => one.organisation));
  expect([...employers].toSorted()).toEqual([...organisations, HUB_ISSUER].toSorted());
});

test.each(organisations)("%s has a privacy officer", (organisation) => {
  expect(PERSONAS).toContainEqual(
    expect.objectContaining({ organisation, workerFunction: "PRIVACY_OFFICER" }),
  );
});
