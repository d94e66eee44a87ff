// What a record of Leerplicht Utrecht becomes: each value in its place, an unknown code shown as unknown, and no BSN.

import path from "node:path";
import { loadMapping } from "../../../shared/sources/mapping/load";
import { checkDeclaredSource } from "../../../shared/sources/open-source";
import { FaultCounter } from "../../../shared/sources/record-faults";
import { familyRecord, personRecord } from "./example";

const file = path.join(__dirname, "..", "mapping", "mapping.yaml");
const mapping = loadMapping(file);
const BSN = "999920212";

test("the mapping file has no fault", () => {
  expect(checkDeclaredSource(file)).toBe("sql");
  expect(mapping.organisation).toBe("leerplicht");
});

test("a household", async () => {
  const faults = new FaultCounter();
  expect(await mapping.toFamily(familyRecord("A"), faults)).toMatchObject({
    involvement: {
      organisation: "leerplicht",
      since: "2020-03-02",
      kind: "lopend",
      contactName: "Consulent",
      contactPhone: "030-0000000",
    },
    carePlan: { summary: "Wekelijks contact." },
  });
  expect(faults.counts).toEqual({});
});

test("a person, of whom no BSN is seen", async () => {
  const faults = new FaultCounter();
  const person = await mapping.toPerson(personRecord(BSN), faults);
  expect(person).toMatchObject({
    identity: { name: "Kind", birthDate: "2012-05-04" },
    householdRole: { roleCode: "301", role: "kind" },
    education: { school: "Voorbeeldschool", attendance: "Vier dagen." },
  });
  expect(JSON.stringify(person)).not.toContain(BSN);
  expect(faults.counts).toEqual({});
});

test("a code that is in no list is shown as unknown", async () => {
  expect(await mapping.toFamily(familyRecord("Q"), new FaultCounter())).toMatchObject({
    involvement: { kind: "onbekende code (Q)" },
  });
});
