import { toFamilyDossier } from "../../../subgraphs/save/mapping/family";
import { toPersonDossier } from "../../../subgraphs/save/mapping/person";
import { SHIELDED_STAY, type CaseRecord, type PersonRecord } from "../../../subgraphs/save/source/records";

const reg = { reg_dt: "2020-08-24", functie_code: "JB" };
const origin = { organisation: "save", authorRole: "jeugdbeschermer", recordedOn: "2020-08-24" };
const order = {
  ...reg,
  soort_code: "OTS",
  nr: "C/16/1",
  dt_in: "2019-12-31",
  dt_uit: "2020-12-30",
  status_code: "V",
};
const orderExpected = {
  ...origin,
  kind: "OTS",
  number: "C/16/1",
  startsOn: "2019-12-31",
  endsOn: "2020-12-30",
  status: "lopend, verlenging gevraagd",
};
const justice = { ...reg, soort_code: "CV", dt: "2020-06-11", tekst: "Verbod." };
const justiceExpected = { ...origin, summary: "Verbod.", occurredOn: "2020-06-11", kind: "contactverbod" };

const theCase: CaseRecord = {
  zaak: {
    ...reg,
    type_code: "OT",
    dt_in: "2019-12-31",
    dt_uit: null,
    scheiding_ind: "1",
    gezin_tekst: "Gezin.",
    gezag_tekst: "Gezag.",
    contact_naam: "Naam",
    contact_tel: "030-1",
  },
  plan: {
    ...reg,
    status_code: "2",
    kern_tekst: "Kern.",
    veilig_kern: "Veilig.",
    zicht_tekst: "Zicht.",
    regie: "Naam",
    regels: [
      { regel_type: "A", tekst: "Afspraak." },
      { regel_type: "V", tekst: "Veiligheidsafspraak." },
    ],
  },
  journaal: [{ ...reg, dt: "2020-08-23", soort_code: "50", tekst: "Gesprek." }],
  signalen: [{ ...reg, soort_code: "Z", dt: "2020-08-20", tekst: "Signaal.", uitkomst_tekst: "Uitkomst." }],
  melders: [
    { ...reg, jzr_code: "391", naam: "Melder Naam", tel: "06-91", relatie_tekst: null, anoniem_ind: true },
  ],
  justitie: [justice],
  leefgebieden: [
    { ...reg, gebied_code: "06", tekst: "Wonen." },
    { ...reg, gebied_code: "04", tekst: "Werk." },
    { ...reg, gebied_code: "01", tekst: "Geld." },
  ],
  beschikkingen: [order],
  rapportages: [{ ...reg, titel: "Verslag", conclusie: "Conclusie.", dt_af: "2019-06-17", status_code: "H" }],
  afgeschermd: false,
};

const person: PersonRecord = {
  persoon: {
    ...reg,
    naam: "Kind Naam",
    geb_dt: "2009-08-02",
    verw_geb_dt: null,
    taal_code: "tur",
    tel: "06-2",
    adres: "Adres 1",
  },
  rol: { ...reg, jzr_code: "301", gezag_code: null, verblijf_code: "MO" },
  afgeschermd: null,
  doelen: [{ ...reg, tekst: "Doel.", stand_code: "1" }],
  taxaties: [{ ...reg, instrument_code: "AV", cijfer: 5, kern_tekst: "Zin.", dt: "2020-08-23" }],
  kenmerken: [
    { ...reg, gebied_code: "08", kenmerk_code: "PTS", tekst: "Behandeling." },
    { ...reg, gebied_code: "10", kenmerk_code: null, tekst: "Geen gebruik." },
  ],
  justitie: [justice],
  school: [
    { ...reg, soort_code: "S", tekst: "School." },
    { ...reg, soort_code: "V", tekst: "Verzuim." },
    { ...reg, soort_code: "B", tekst: "Steun." },
  ],
  beschikkingen: [order],
};

describe("a case of SAVE", () => {
  it("arrives whole, each piece in its own category", () => {
    expect(toFamilyDossier(theCase)).toEqual({
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

  it("names its reporters under reporters only", () => {
    expect(JSON.stringify({ ...toFamilyDossier(theCase), reporters: [] })).not.toMatch(/Melder Naam|06-91/);
  });

  it("with somebody in a shielded stay carries its mark", () => {
    expect(toFamilyDossier({ ...theCase, afgeschermd: true }).marks).toEqual([SHIELDED_STAY]);
  });

  it("whose plan has no safety part has no safety plan", () => {
    const plan = { ...theCase.plan!, veilig_kern: null, zicht_tekst: null, regels: null };
    expect(toFamilyDossier({ ...theCase, plan }).safetyPlan).toBeNull();
    expect(toFamilyDossier({ ...theCase, plan: null })).toMatchObject({ carePlan: null, safetyPlan: null });
  });

  it("shows codes that it does not know, with the code", () => {
    const dossier = toFamilyDossier({
      ...theCase,
      zaak: { ...theCase.zaak, type_code: "XA" },
      beschikkingen: [{ ...order, soort_code: "XB", functie_code: "XC" }],
      rapportages: [{ ...reg, titel: "Verslag", conclusie: null, dt_af: null, status_code: "XD" }],
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
  it("arrives whole, each piece in its own category", () => {
    expect(toPersonDossier(person)).toEqual({
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

  it.each(["112", "113", "111", "211", "999"])(
    "in the role %s has no health under that of a child",
    (jzr_code) => {
      const dossier = toPersonDossier({ ...person, rol: { ...person.rol, jzr_code } });
      expect(dossier.childHealth).toBeNull();
      expect(dossier.parentHealth).not.toBeNull();
    },
  );

  it("whose stay is shielded has an address there and nowhere else", () => {
    const dossier = toPersonDossier({
      ...person,
      afgeschermd: { ...reg, plek_code: "VO", adres: "Geheim 1" },
    });
    expect(dossier.secretAddress).toEqual({ ...origin, place: "vrouwenopvang", address: "Geheim 1" });
    expect(dossier.identity?.address).toBeNull();
    expect(dossier.marks).toEqual([SHIELDED_STAY]);
    expect(JSON.stringify({ ...dossier, secretAddress: null })).not.toMatch(/Geheim 1|Adres 1|opvang/);
  });

  it("shows codes that it does not know, with the code", () => {
    const dossier = toPersonDossier({
      ...person,
      rol: { ...person.rol, jzr_code: "999", verblijf_code: "XA" },
      kenmerken: [{ ...reg, gebied_code: "77", kenmerk_code: "XB", tekst: "Tekst." }],
      school: [{ ...reg, soort_code: "X", tekst: "Anders." }],
      taxaties: [{ ...reg, instrument_code: "XC", cijfer: 12, kern_tekst: null, dt: "2020-08-23" }],
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
