// What the messages of SAVE say, as texts out of XML -> what the contract says, each piece in its own category.

import { FaultCounter } from "../../../shared/sources/record-faults";
import { readDeclared } from "../../../shared/sources/open-source";
import { SHIELDED_STAY } from "../../../subgraphs/save/source/local-rules";

const { mapping } = readDeclared("subgraphs/save/mapping/mapping.yaml");

const registratie = { datum: "20200824", functie: "JB" };
const origin = { organisation: "save", authorRole: "jeugdbeschermer", recordedOn: "2020-08-24" };
const order = {
  registratie,
  soort: "OTS",
  nummer: "C/16/1",
  begin: "20191231",
  einde: "20201230",
  stand: "V",
};
const orderExpected = {
  ...origin,
  kind: "OTS",
  number: "C/16/1",
  startsOn: "2019-12-31",
  endsOn: "2020-12-30",
  status: "lopend, verlenging gevraagd",
};
const justice = { registratie, soort: "CV", datum: "20200611", tekst: "Verbod." };
const justiceExpected = { ...origin, summary: "Verbod.", occurredOn: "2020-06-11", kind: "contactverbod" };

/** As out of XML: one in a list looks like the thing itself, and what is not there is null. */
const person = {
  volgnummer: "1",
  bsn: null,
  rol: "301",
  gezag: null,
  verblijf: "MO",
  registratie,
  persoon: {
    registratie,
    naam: "Kind Naam",
    geboren: "20090802",
    uitgerekend: null,
    taal: "tur",
    telefoon: "06-2",
    adres: "Adres 1",
  },
  afgeschermdVerblijf: null as object | null,
  doel: { registratie, tekst: "Doel.", stand: "1" },
  taxatie: { registratie, instrument: "AV", cijfer: "5", kern: "Zin.", datum: "20200823" },
  gezondheid: {
    registratie,
    kenmerk: [
      { gebied: "08", kenmerk: "PTS", tekst: "Behandeling." },
      { gebied: "10", kenmerk: null, tekst: "Geen gebruik." },
    ],
  },
  justitie: justice,
  onderwijs: {
    registratie,
    gegeven: [
      { soort: "S", tekst: "School." },
      { soort: "V", tekst: "Verzuim." },
      { soort: "B", tekst: "Steun." },
    ],
  },
  beschikking: order,
};

const theCase = {
  nummer: "SAVE-1",
  soort: "OT",
  begin: "20191231",
  einde: null,
  gescheiden: "J",
  gezin: "Gezin.",
  gezag: "Gezag.",
  contact: { naam: "Naam", telefoon: "030-1" },
  registratie,
  plan: {
    registratie,
    stand: "2",
    kern: "Kern.",
    regie: "Naam",
    afspraak: "Afspraak.",
    veiligheid: { kern: "Veilig.", zicht: "Zicht.", afspraak: "Veiligheidsafspraak." } as object | null,
  } as object | null,
  journaal: { registratie, datum: "20200823", soort: "50", tekst: "Gesprek." },
  signaal: { registratie, soort: "Z", datum: "20200820", tekst: "Signaal.", uitkomst: "Uitkomst." },
  melder: { registratie, rol: "391", naam: "Melder Naam", telefoon: "06-91", relatie: null, anoniem: "J" },
  justitie: justice,
  leefgebieden: { registratie, wonen: "Wonen.", werk: "Werk.", financien: "Geld." },
  rapportage: { registratie, titel: "Verslag", conclusie: "Conclusie.", afgerond: "20190617", stand: "H" },
  betrokkene: person as object | object[],
};

const toFamily = async (over: Partial<typeof theCase> = {}) =>
  await mapping.toFamily({ ...theCase, ...over }, new FaultCounter());
const toPerson = async (over: object = {}) =>
  await mapping.toPerson({ case: theCase, person: { ...person, ...over } }, new FaultCounter());

describe("a case of SAVE", () => {
  it("arrives whole, each piece in its own category", async () => {
    expect(await toFamily()).toEqual({
      involvement: {
        ...origin,
        since: "2019-12-31",
        until: null,
        contactName: "Naam",
        contactPhone: "030-1",
        kind: "uitvoering van een ondertoezichtstelling",
      },
      household: { ...origin, composition: "Gezin.", separated: true, authority: "Gezag." },
      carePlan: {
        ...origin,
        summary: "Kern.",
        agreements: ["Afspraak."],
        coordinator: "Naam",
        status: "vastgesteld",
      },
      contactNotes: [
        { ...origin, text: "Gesprek.", occurredOn: "2020-08-23", kind: "gesprek met het kind alleen" },
      ],
      safetyPlan: {
        ...origin,
        summary: "Veilig.",
        agreements: ["Veiligheidsafspraak."],
        sightOnSafety: "Zicht.",
      },
      concernReports: [
        {
          ...origin,
          reportedOn: "2020-08-20",
          kind: "zorg over verzorging",
          summary: "Signaal.",
          outcome: "Uitkomst.",
        },
      ],
      reporters: [{ ...origin, name: "Melder Naam", relation: "melder", phone: "06-91", anonymous: true }],
      criminalRecords: [justiceExpected],
      livingSituation: { ...origin, housing: "Wonen.", income: "Werk.", debts: "Geld." },
      measures: [orderExpected],
      investigationReports: [
        {
          ...origin,
          title: "Verslag",
          finishedOn: "2019-06-17",
          conclusion: "Conclusie.",
          status: "afgerond, hergebruikt na controle met het gezin",
        },
      ],
      marks: [],
    });
  });

  it("names its reporters under reporters only", async () => {
    expect(JSON.stringify({ ...(await toFamily()), reporters: [] })).not.toMatch(/Melder Naam|06-91/);
  });

  it.each<[string, object]>([
    ["whose stay is shielded", { registratie, plek: "VO", adres: "Geheim 1" }],
    ["whose shielded stay cannot be read", ["stuk"]],
  ])("with somebody %s carries its mark", async (_whose, afgeschermdVerblijf) => {
    const betrokkene = [person, { ...person, volgnummer: "2", afgeschermdVerblijf }];
    expect((await toFamily({ betrokkene })).marks).toEqual([SHIELDED_STAY]);
  });

  it("whose plan has no safety part has no safety plan", async () => {
    const plan = { ...theCase.plan, veiligheid: null };
    expect(await toFamily({ plan })).toMatchObject({ carePlan: { summary: "Kern." }, safetyPlan: null });
    expect(await toFamily({ plan: null })).toMatchObject({ carePlan: null, safetyPlan: null });
  });

  it("gives the orders of all its children", async () => {
    const other = { ...person, volgnummer: "2", beschikking: [order, { ...order, nummer: "C/16/2" }] };
    const { measures } = await toFamily({ betrokkene: [person, other] });
    expect(measures.map(({ number }) => number)).toEqual(["C/16/1", "C/16/1", "C/16/2"]);
  });

  it("shows codes that it does not know, with the code", async () => {
    const dossier = await toFamily({
      soort: "XA",
      betrokkene: {
        ...person,
        beschikking: { ...order, soort: "XB", registratie: { datum: "20200824", functie: "XC" } },
      },
      rapportage: { ...theCase.rapportage, stand: "XD" },
    });
    expect(dossier.involvement?.kind).toBe("onbekende code (XA)");
    expect(dossier.measures[0]).toMatchObject({
      kind: "onbekende code (XB)",
      authorRole: "onbekende code (XC)",
    });
    expect(dossier.investigationReports[0]?.status).toBe("onbekende code (XD)");
  });
});

describe("a person in SAVE's cases", () => {
  it("arrives whole, each piece in its own category", async () => {
    expect(await toPerson()).toEqual({
      identity: {
        ...origin,
        name: "Kind Naam",
        birthDate: "2009-08-02",
        dueDate: null,
        language: "Turks",
        phone: "06-2",
        address: "Adres 1",
      },
      householdRole: {
        ...origin,
        roleCode: "301",
        role: "jeugdige",
        authority: null,
        livesWith: "moeder",
      },
      goals: [{ ...origin, text: "Doel.", status: "loopt" }],
      safetyAssessments: [
        {
          ...origin,
          score: 5,
          sentence: "Zin.",
          instrument: "ARIJ, onderdeel veiligheid",
          assessedOn: "2020-08-23",
        },
      ],
      childHealth: {
        ...origin,
        summary: "psychisch: Behandeling. middelengebruik: Geen gebruik.",
        diagnoses: ["posttraumatische stressklachten"],
      },
      parentHealth: null,
      criminalRecords: [justiceExpected],
      education: { ...origin, school: "School.", attendance: "Verzuim.", support: "Steun." },
      measures: [orderExpected],
      secretAddress: null,
      marks: [],
    });
  });

  it.each(["112", "113", "111", "211", "999", null])(
    "in the role %s has no health under that of a child",
    async (rol) => {
      const dossier = await toPerson({ rol });
      expect(dossier.childHealth).toBeNull();
      expect(dossier.parentHealth).not.toBeNull();
    },
  );

  it("whose stay is shielded has an address there and nowhere else", async () => {
    const dossier = await toPerson({ afgeschermdVerblijf: { registratie, plek: "VO", adres: "Geheim 1" } });
    expect(dossier.secretAddress).toEqual({ ...origin, place: "vrouwenopvang", address: "Geheim 1" });
    expect(dossier.identity?.address).toBeNull();
    expect(dossier.marks).toEqual([SHIELDED_STAY]);
    expect(JSON.stringify({ ...dossier, secretAddress: null })).not.toMatch(/Geheim 1|Adres 1|opvang/);
  });

  it("shows codes that it does not know, with the code", async () => {
    const dossier = await toPerson({
      rol: "999",
      verblijf: "XA",
      gezondheid: { registratie, kenmerk: { gebied: "77", kenmerk: "XB", tekst: "Tekst." } },
      onderwijs: { registratie, gegeven: { soort: "X", tekst: "Anders." } },
      taxatie: { registratie, instrument: "XC", cijfer: "12", kern: null, datum: "20200823" },
    });
    expect(dossier.householdRole).toMatchObject({
      roleCode: "999",
      role: "onbekende code (999)",
      livesWith: "onbekende code (XA)",
    });
    expect(dossier.parentHealth).toMatchObject({
      summary: "onbekende code (77): Tekst.",
      diagnoses: ["onbekende code (XB)"],
    });
    expect(dossier.education?.support).toBe("onbekende code (X): Anders.");
    expect(dossier.safetyAssessments[0]).toMatchObject({
      instrument: "onbekende code (XC)",
      score: null,
      sentence: "Cijfer buiten de schaal (12).",
    });
  });
});
