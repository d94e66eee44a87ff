import { parseMapping } from "../../../../shared/sources/mapping/load";
import { FaultCounter } from "../../../../shared/sources/record-faults";
import { CASE, smallMapping } from "../../../kit/small-mapping";

const CODES = `
codes:
  soorten:
    VRB: vrijwillig
    OTS:
      - { text: toezicht oude stijl, until: "2014-12-31" }
      - { text: ondertoezichtstelling, from: "2015-01-01" }
  rollen:
    OUD: { text: ouder, jzr: "112" }
    KND: { text: kind, jzr: "301", gezag: n.v.t. }
`.trim();

const family = async (over: Record<string, string>, record: object = CASE, head = "") => {
  const faults = new FaultCounter();
  const dossier = await parseMapping(smallMapping(over, head), "test.yaml").toFamily(record, faults);
  return { dossier, faults: faults.counts };
};
const person = async (over: Record<string, string>, at = 0, head = "", record: typeof CASE = CASE) =>
  await parseMapping(smallMapping(over, head), "test.yaml").toPerson(
    { case: record, person: record.leden[at] },
    new FaultCounter(),
  );
const USES_ROLES = { "person.householdRole": "{ role: { code: rol, in: rollen } }" };

describe("the values of a mapping", () => {
  it("come from the fields that they name, with the origin of their item", async () => {
    const { dossier } = await family({
      "family.involvement": "{ since: sinds, contactName: zaak, recordedOn: vast.op, authorRole: vast.door }",
      "family.carePlan": "{ agreements: afspraken }",
    });
    expect(dossier.involvement).toEqual({
      organisation: "test",
      authorRole: "GB",
      recordedOn: "2020-02-01",
      since: "2020-01-31",
      until: null,
      contactName: "Z-1",
      contactPhone: null,
      kind: null,
    });
    expect(dossier.carePlan?.agreements).toEqual(["bellen", "komen"]);
    expect(dossier.measures).toEqual([]);
    expect(dossier.household).toBeNull();
  });

  it("may be any JSONata, whose answer is waited for", async () => {
    const { dossier } = await family({
      "family.involvement": `{ kind: "$uppercase(soort) & '-' & $string(cijfer)", since: "open ? sinds : null" }`,
      "family.contactNotes": `{ each: "regels[soort = 'B']", text: "$uppercase(tekst)", occurredOn: op }`,
    });
    expect(dossier.involvement).toMatchObject({ kind: "VRB-4", since: "2020-01-31" });
    expect(dossier.contactNotes).toMatchObject([{ text: "OVER NIEMAND", occurredOn: "2020-03-02" }]);
  });

  it("are empty and counted, without a word of the record, where an expression fails or gives another kind", async () => {
    const { dossier, faults } = await family({
      "family.involvement": `{ kind: "$number(zaak)", since: "(zaak)", until: sinds }`,
    });
    expect(dossier.involvement).toMatchObject({ kind: null, since: null, until: "2020-01-31" });
    expect(faults).toEqual({ expression: 1, date: 1 });
  });

  it("join what is there, take the first that is there, and leave out what a condition rules out", async () => {
    const { dossier } = await family(
      {
        "family.involvement": `{ kind: { join: ": ", of: [soort, vast.door, zaak] }, contactName: { first: [vast.door, zaak] }, contactPhone: { value: zaak, unless: leden }, since: { value: sinds, when: open } }`,
      },
      { ...CASE, vast: {} },
    );
    expect(dossier.involvement).toMatchObject({
      kind: "VRB: Z-1",
      contactName: "Z-1",
      contactPhone: null,
      since: "2020-01-31",
    });
  });

  it("of a person are those of the person, with what the case says of nobody else", async () => {
    const over = {
      ...USES_ROLES,
      "family.involvement": "{ kind: { code: soort, in: soorten } }",
      "person.criminalRecords": "{ each: $record.regels, where: { lid: $person.nr }, summary: tekst }",
    };
    expect((await person(over, 0, CODES)).criminalRecords).toMatchObject([{ summary: "over een" }]);
    expect((await person(over, 1, CODES)).criminalRecords).toEqual([]);
  });

  it("of a text with a sign that could not be read are that text, and it is counted", async () => {
    const { dossier, faults } = await family(
      { "family.involvement": "{ contactName: zaak }" },
      { ...CASE, zaak: "E\u{FFFD}n woord" },
    );
    expect(dossier.involvement?.contactName).toBe("E\u{FFFD}n woord");
    expect(faults).toEqual({ encoding: 1 });
  });

  it("never hold a BSN, whatever an expression asks", async () => {
    const dossier = await person({
      "person.identity": `{ name: "$string($record)", phone: "$string($person)", language: "$string($)" }`,
    });
    expect(dossier.identity?.name).toContain("Twee");
    expect(JSON.stringify(dossier)).not.toMatch(/9999\d{5}/);
  });

  it("say so in words where an item must say something and the record does not", async () => {
    const { dossier } = await family(
      { "family.contactNotes": "{ each: regels, text: tekst }" },
      { ...CASE, regels: [{ lid: 1 }, "stuk"] },
    );
    expect(dossier.contactNotes.map(({ text }) => text)).toEqual([
      "geen tekst vastgelegd",
      "geen tekst vastgelegd",
    ]);
  });

  it("keep a shielded address shut when the part that shields it cannot be read", async () => {
    const { dossier } = await family(
      { "family.involvement": "{ contactName: { value: zaak, unless: vast } }" },
      { ...CASE, vast: "onleesbaar" },
    );
    expect(dossier.involvement?.contactName).toBeNull();
  });
});

describe("codes", () => {
  const kind = async (record: object) =>
    (
      await family(
        {
          ...USES_ROLES,
          "family.involvement": "{ recordedOn: vast.op, kind: { code: soort, in: soorten } }",
        },
        record,
        CODES,
      )
    ).dossier.involvement?.kind;

  it("have the words of the day on which they were recorded", async () => {
    expect(await kind(CASE)).toBe("vrijwillig");
    expect(await kind({ ...CASE, soort: "OTS" })).toBe("ondertoezichtstelling");
    expect(await kind({ ...CASE, soort: "OTS", vast: { op: "2014-06-01" } })).toBe("toezicht oude stijl");
  });

  it("are shown as unknown when the list has them not, or could mean one of two things", async () => {
    expect(await kind({ ...CASE, soort: "XYZ" })).toBe("onbekende code (XYZ)");
    expect(await kind({ ...CASE, soort: "constructor" })).toBe("onbekende code (constructor)");
    expect(await kind({ ...CASE, soort: "OTS", vast: {} })).toBe("onbekende code (OTS)");
    expect(await kind({ ...CASE, soort: undefined })).toBeNull();
  });

  it("give what else the list says of them, and nothing for one that it has not", async () => {
    const over = {
      "family.involvement": "{ kind: { code: soort, in: soorten } }",
      "person.householdRole":
        "{ roleCode: { code: rol, in: rollen, give: jzr }, role: { code: rol, in: rollen }, authority: { code: rol, in: rollen, give: gezag } }",
    };
    expect((await person(over, 1, CODES)).householdRole).toMatchObject({
      roleCode: "301",
      role: "kind",
      authority: "n.v.t.",
    });
    const strange = { ...CASE, leden: [{ ...CASE.leden[0]!, rol: "OOM" }] };
    expect((await person(over, 0, CODES, strange)).householdRole).toMatchObject({
      roleCode: null,
      role: "onbekende code (OOM)",
      authority: null,
    });
  });
});

it("reads a text that holds a list, and loses nothing of an item that has not its form", async () => {
  const text = smallMapping(
    {
      "family.contactNotes": "{ each: contacten, occurredOn: datum, kind: soort, text: tekst }",
      "family.carePlan": "{ agreements: doelen }",
    },
    "dates: dutch\nvalues: text",
  ).replace(
    "    zaak: text",
    `    contacten: { $split: ";", $parts: "|", datum: date, soort: code, tekst: text, meer: text }\n    doelen: { $split: ";" }`,
  );
  const faults = new FaultCounter();
  const dossier = await parseMapping(text, "test.yaml").toFamily(
    {
      contacten: "01-02-2020 | HB | Thuis. | en | meer; zomaar iets; 31-02-2020 | TEL | Gebeld.",
      doelen: " een ;; twee",
    },
    faults,
  );
  expect(dossier.contactNotes).toMatchObject([
    { occurredOn: "2020-02-01", kind: "HB", text: "Thuis." },
    { occurredOn: null, kind: null, text: "zomaar iets" },
    { occurredOn: null, kind: "TEL", text: "Gebeld." },
  ]);
  expect(dossier.carePlan?.agreements).toEqual(["een", "twee"]);
  expect(faults.counts).toEqual({ part: 1, date: 1 });
});
