// What the mapping file asks of a service is compared with the service's own description before anything is asked.

import { faultsOf } from "../../../shared/kernel/settings";
import { SoapSource } from "../../../shared/sources/soap/settings";
import { checkService } from "../../../shared/sources/soap/wsdl";

const WSDL = "subgraphs/save/demo/zaken.wsdl";
const NAMESPACE = "urn:save:zaken:0109";
const cases = {
  question: "zaakLv01",
  action: `${NAMESPACE}/zaakLv01`,
  items: "zaakLa01.zaak",
  reference: "nummer",
};
const identities = {
  question: "betrokkeneLv01",
  action: `${NAMESPACE}/betrokkeneLv01`,
  items: "betrokkeneLa01.betrokkene",
  reference: "zaaknummer",
  number: "volgnummer",
  bsn: "bsn",
  next: { answer: "betrokkeneLa01.vervolg", question: "vervolg" },
};
const faults = (over: object, file = WSDL): readonly string[] =>
  faultsOf(() => {
    const shape = { reference: "nummer", persons: ["betrokkene"], number: "volgnummer", bsn: "bsn" };
    const source = { kind: "soap", namespace: NAMESPACE, cases, identities, shape, ...over };
    checkService(file, SoapSource.parse(source));
  });

test("a service that has all of it has no faults", () => {
  expect(faults({})).toEqual([]);
});

test.each<[string, object, string]>([
  ["the namespace", { namespace: "urn:other" }, `has the namespace ${NAMESPACE}`],
  ["an operation", { cases: { ...cases, action: "urn:other" } }, "has no operation urn:other"],
  ["a question", { cases: { ...cases, question: "zaakLv99" } }, "has no element zaakLv99"],
  ["a reference", { cases: { ...cases, reference: "ref" } }, "has no element ref"],
  ["the number of a person", { identities: { ...identities, number: "nr" } }, "has no element nr"],
  [
    "how to go on",
    { identities: { ...identities, next: { answer: "betrokkeneLa01.na", question: "vervolg" } } },
    "has no element na",
  ],
])("%s that it does not have is named", (_what, over, sentence) => {
  expect(faults(over)).toEqual([expect.stringContaining(sentence)]);
});

test("what is no description is said to be none", () => {
  expect(faults({}, "package.json")).toEqual([expect.stringContaining("is no description of a service")]);
});
