import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import { loadMapping } from "../../../shared/sources/mapping/load";
import { FaultCounter } from "../../../shared/sources/record-faults";

const mapping = loadMapping("subgraphs/lokalis/mapping/mapping.yaml");
const toFamilyDossier = (record: unknown, faults = new FaultCounter()) =>
  mapping.toFamily(record, faults) as FamilyDossierData;
const toPersonDossier = (record: unknown, faults = new FaultCounter()) =>
  mapping.toPerson(record, faults) as PersonDossierData;

const recorded = { vastgelegd_op: "2020-08-24", functie: "GW" };
const origin = { organisation: "lokalis", authorRole: "gezinswerker", recordedOn: "2020-08-24" };
const measure = {
  ...recorded,
  soort: "OTS",
  beschikkingsnummer: "C/16/1",
  van: "2020-01-01",
  tot: "2020-12-31",
  stand: "LOP",
};
const police = { ...recorded, soort: "ZM", gebeurd_op: "2020-08-19", samenvatting: "Politietekst." };

const household = {
  huishouden: {
    ...recorded,
    samenstelling: "Samenstelling.",
    ouders_gescheiden: "J",
    gezag_toelichting: "Gezag.",
    soort_hulp: "OPV",
    aanvang: "2020-01-01",
    einde: null,
    contactpersoon: "Naam",
    contacttelefoon: "030-0000011",
  },
  plan: {
    ...recorded,
    samenvatting: "Nieuw plan.",
    stand: "VAS",
    casusregisseur: "Naam",
    afspraken: ["Een.", "Twee."],
  },
  contactnotities: [{ ...recorded, datum: "2020-08-23", soort: "HB", tekst: "Notitie." }],
  veiligheidsplan: {
    ...recorded,
    samenvatting: "Veiligheid.",
    zicht_op_veiligheid: "Tante.",
    afspraken: ["Sleutel."],
  },
  signalen: [{ ...recorded, soort: "ZM", datum: "2020-08-20", inhoud: "Inhoud.", uitkomst: "Uitkomst." }],
  informanten: [
    { ...recorded, naam: "Melder Naam", relatie: "buurvrouw", telefoon: "06-1", blijft_onbekend: true },
  ],
  politiemeldingen: [police],
  leefsituatie: { ...recorded, wonen: "Wonen.", inkomen: "Inkomen.", schulden: "Schulden." },
  maatregelen: [measure],
};

const client = {
  client: {
    ...recorded,
    voornaam: "Petra",
    tussenvoegsel: "de",
    achternaam: "Wit",
    geboortedatum: "1991-09-05",
    uitgerekende_datum: null,
    taal: "Nederlands",
    telefoon: "06-2",
    adres: "Adres 1",
    rol: "KIND",
    gezag: "EEN",
    woont_bij: "moeder",
  },
  doelen: [{ ...recorded, tekst: "Doel.", stand: "BEZIG" }],
  veiligheidscijfers: [{ ...recorded, cijfer: 6, toelichting: "Zin.", datum: "2020-08-23" }],
  gezondheid: { ...recorded, samenvatting: "Gezond.", diagnoses: ["licht verstandelijke beperking"] },
  politiemeldingen: [police],
  onderwijs: { ...recorded, school: "School.", verzuim: "Verzuim.", ondersteuning: "Steun." },
  maatregelen: [measure],
};

const toMeasureExpected = {
  ...origin,
  kind: "OTS",
  number: "C/16/1",
  startsOn: "2020-01-01",
  endsOn: "2020-12-31",
  status: "lopend",
};
const toPoliceExpected = {
  ...origin,
  summary: "Politietekst.",
  occurredOn: "2020-08-19",
  kind: "zorgmelding",
};

describe("a file of Lokalis", () => {
  it("arrives whole, each piece in its own category", () => {
    expect(toFamilyDossier(household)).toEqual({
      involvement: {
        ...origin,
        since: "2020-01-01",
        until: null,
        contactName: "Naam",
        contactPhone: "030-0000011",
        kind: "opvoedondersteuning",
      },
      household: { ...origin, composition: "Samenstelling.", separated: true, authority: "Gezag." },
      carePlan: {
        ...origin,
        summary: "Nieuw plan.",
        agreements: ["Een.", "Twee."],
        coordinator: "Naam",
        status: "vastgesteld met het gezin",
      },
      contactNotes: [{ ...origin, text: "Notitie.", occurredOn: "2020-08-23", kind: "huisbezoek" }],
      safetyPlan: { ...origin, summary: "Veiligheid.", agreements: ["Sleutel."], sightOnSafety: "Tante." },
      concernReports: [
        {
          ...origin,
          reportedOn: "2020-08-20",
          kind: "zorgmelding van de politie",
          summary: "Inhoud.",
          outcome: "Uitkomst.",
        },
      ],
      reporters: [{ ...origin, name: "Melder Naam", relation: "buurvrouw", phone: "06-1", anonymous: true }],
      criminalRecords: [toPoliceExpected],
      livingSituation: { ...origin, housing: "Wonen.", income: "Inkomen.", debts: "Schulden." },
      measures: [toMeasureExpected],
      investigationReports: [],
    });
  });

  it("names its informant under reporters only", () => {
    const text = JSON.stringify({ ...toFamilyDossier(household), reporters: [] });
    expect(text).not.toMatch(/Melder Naam|buurvrouw|06-1/);
  });

  it("that holds little more than its opening gives nothing else", () => {
    const empty = Object.fromEntries(Object.keys(household).map((name) => [name, null]));
    const dossier = toFamilyDossier({
      ...empty,
      huishouden: household.huishouden,
    });
    expect(dossier).toMatchObject({
      carePlan: null,
      contactNotes: [],
      safetyPlan: null,
      concernReports: [],
      reporters: [],
      criminalRecords: [],
      livingSituation: null,
      measures: [],
    });
  });

  it.each([
    ["N", false, 0],
    // Not known: the query leaves it out.
    [null, null, 0],
    ["?", null, 1],
  ])("with %s for separation says %s", (code, separated, unreadable) => {
    const faults = new FaultCounter();
    const huishouden = { ...household.huishouden, ouders_gescheiden: code };
    const dossier = toFamilyDossier({ ...household, huishouden }, faults);
    expect(dossier.household?.separated).toBe(separated);
    expect(faults.counts["flag"] ?? 0).toBe(unreadable);
  });

  it("shows codes that it does not know, with the code", () => {
    const odd = { ...recorded, functie: "QQ" };
    const dossier = toFamilyDossier({
      ...household,
      huishouden: { ...household.huishouden, soort_hulp: "XA" },
      contactnotities: [{ ...odd, datum: "2020-08-23", soort: "XB", tekst: "Notitie." }],
      maatregelen: [{ ...measure, soort: "XC", stand: "XD" }],
    });
    expect(dossier.involvement?.kind).toBe("onbekende code (XA)");
    expect(dossier.contactNotes[0]).toMatchObject({
      kind: "onbekende code (XB)",
      authorRole: "onbekende code (QQ)",
    });
    expect(dossier.measures[0]).toMatchObject({ kind: "onbekende code (XC)", status: "onbekende code (XD)" });
  });
});

describe("a client of Lokalis", () => {
  it("arrives whole, each piece in its own category", () => {
    expect(toPersonDossier(client)).toEqual({
      identity: {
        ...origin,
        name: "Petra de Wit",
        birthDate: "1991-09-05",
        dueDate: null,
        language: "Nederlands",
        phone: "06-2",
        address: "Adres 1",
      },
      householdRole: {
        ...origin,
        roleCode: "301",
        role: "kind",
        authority: "eenhoofdig gezag",
        livesWith: "moeder",
      },
      goals: [{ ...origin, text: "Doel.", status: "loopt" }],
      safetyAssessments: [
        { ...origin, score: 6, sentence: "Zin.", instrument: "schaalvraag", assessedOn: "2020-08-23" },
      ],
      childHealth: { ...origin, summary: "Gezond.", diagnoses: ["licht verstandelijke beperking"] },
      parentHealth: null,
      criminalRecords: [toPoliceExpected],
      education: { ...origin, school: "School.", attendance: "Verzuim.", support: "Steun." },
      measures: [toMeasureExpected],
      secretAddress: null,
    });
  });

  it.each(["OMG", "OZG", "PLO", "ONBEKENDE-ROL"])(
    "in the role %s has no health under that of a child",
    (rol) => {
      const dossier = toPersonDossier({ ...client, client: { ...client.client, rol } });
      expect(dossier.childHealth).toBeNull();
      expect(dossier.parentHealth?.summary).toBe("Gezond.");
    },
  );

  it("in an unknown role has no role code, and shows its own", () => {
    const dossier = toPersonDossier({ ...client, client: { ...client.client, rol: "XX" } });
    expect(dossier.householdRole).toMatchObject({ roleCode: null, role: "onbekende code (XX)" });
  });

  it("not yet born is a child with a due date", () => {
    const dossier = toPersonDossier({
      ...client,
      client: { ...client.client, rol: "ONG", geboortedatum: null, uitgerekende_datum: "2020-11-05" },
    });
    expect(dossier.identity).toMatchObject({ birthDate: null, dueDate: "2020-11-05" });
    expect(dossier.householdRole).toMatchObject({ roleCode: "301", role: "ongeboren kind" });
    expect(dossier.childHealth).not.toBeNull();
  });
});
