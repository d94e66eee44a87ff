import * as fc from "fast-check";
import { FaultCounter } from "../../../shared/sources/record-faults";
import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import { readDeclared } from "../../../shared/sources/open-source";

const { mapping } = readDeclared("subgraphs/veilig-thuis/mapping/mapping.yaml");

const vastgelegd = { op: "2020-08-26", functie: "BEO" };
const origin = {
  organisation: "veilig-thuis",
  authorRole: "medewerker veiligheidsbeoordeling",
  recordedOn: "2020-08-26",
};
const police = (persoon: number | null) => ({
  vastgelegd,
  persoon,
  datum: "2020-08-20",
  soort: "ZOR",
  tekst: `Bericht ${persoon}.`,
});

const theCase = {
  personen: [{ nr: 1 }, { nr: 2 }],
  casus: {
    vastgelegd,
    aangemaakt: "2017-03-13",
    afgesloten: null,
    fase: "BEO",
    behandelaar: { naam: "Naam", telefoon: "030-1" },
  },
  gezin: { vastgelegd, samenstelling: "Gezin.", gescheiden: true, gezag: "Gezag." },
  meldingen: [
    {
      vastgelegd,
      nr: 1,
      ontvangen: "2020-08-26",
      wijze: "POL",
      inhoud: "Inhoud.",
      besluit: "VT-02",
      toelichtingBesluit: "Reden.",
    },
  ],
  melders: [
    {
      vastgelegd,
      melding: 1,
      rol: "391",
      naam: "Melder Naam",
      relatie: "buurvrouw",
      telefoon: "06-91",
      anoniem: true,
    },
  ],
  politie: [police(null), police(2), police(7)],
  veiligheidsplan: {
    vastgelegd,
    samenvatting: "Plan.",
    afspraken: ["Afspraak."],
    zichtOpVeiligheid: "Zicht.",
  },
  onderzoek: [{ vastgelegd, titel: "Onderzoek", afgerond: null, stand: "LOP", conclusie: null }],
  leefsituatie: { vastgelegd, wonen: "Wonen.", inkomen: null, schulden: null },
  ketenhistorie: [{ vastgelegd, datum: "2020-08-27", soort: "TEL", tekst: "Gesprek." }],
};

const involved = {
  person: {
    vastgelegd,
    nr: 2,
    roepnaam: "Roep",
    achternaam: "Achter",
    geboren: "2013-04-09",
    uitgerekend: null,
    rol: "KND",
    taal: "Nederlands",
    telefoon: null,
    adres: "Adres 1",
    verblijftBij: "moeder",
    afgeschermdVerblijf: null,
    gezondheidKind: { vastgelegd, tekst: "Kind.", diagnoses: ["d"] },
    gezondheidOuder: null,
    onderwijs: { vastgelegd, school: "School.", verzuim: "Verzuim.", ondersteuning: null },
  },
  case: {
    politie: [police(null), police(2), police(7)],
    veiligheidsbeoordeling: [
      { vastgelegd, persoon: 2, datum: "2020-08-28", instrument: "VTI", cijfer: 4, toelichting: "Zin." },
      { vastgelegd, persoon: 1, datum: "2020-08-28", instrument: "VTI", cijfer: 7, toelichting: "Ander." },
    ],
  },
};

const family = (record: unknown, faults = new FaultCounter()) =>
  mapping.toFamily(record, faults) as FamilyDossierData;
const person = (record: unknown, faults = new FaultCounter()) =>
  mapping.toPerson(record, faults) as PersonDossierData;

describe("a case of Veilig Thuis", () => {
  it("arrives whole, each piece in its own category", () => {
    const faults = new FaultCounter();
    expect(family(theCase, faults)).toEqual({
      involvement: {
        ...origin,
        since: "2017-03-13",
        until: null,
        contactName: "Naam",
        contactPhone: "030-1",
        kind: "veiligheidsbeoordeling van een melding loopt",
      },
      household: { ...origin, composition: "Gezin.", separated: true, authority: "Gezag." },
      carePlan: null,
      contactNotes: [{ ...origin, text: "Gesprek.", occurredOn: "2020-08-27", kind: "telefoongesprek" }],
      safetyPlan: { ...origin, summary: "Plan.", agreements: ["Afspraak."], sightOnSafety: "Zicht." },
      concernReports: [
        {
          ...origin,
          reportedOn: "2020-08-26",
          kind: "zorgmelding van de politie",
          summary: "Inhoud.",
          outcome: "overgedragen: Reden.",
        },
      ],
      reporters: [
        { ...origin, name: "Melder Naam", relation: "melder: buurvrouw", phone: "06-91", anonymous: true },
      ],
      criminalRecords: [
        { ...origin, summary: "Bericht null.", occurredOn: "2020-08-20", kind: "zorgmelding" },
        { ...origin, summary: "Bericht 7.", occurredOn: "2020-08-20", kind: "zorgmelding" },
      ],
      livingSituation: { ...origin, housing: "Wonen.", income: null, debts: null },
      measures: [],
      investigationReports: [
        { ...origin, title: "Onderzoek", finishedOn: null, conclusion: null, status: "loopt" },
      ],
    });
    expect(faults.total).toBe(0);
  });

  it("names its reporters under reporters only", () => {
    expect(JSON.stringify({ ...family(theCase), reporters: [] })).not.toMatch(/Melder Naam|06-91|buurvrouw/);
  });

  it("keeps a police message about nobody that it knows with the household", () => {
    const given = family(theCase).criminalRecords.map((record) => record.summary);
    expect(given).toEqual(["Bericht null.", "Bericht 7."]);
  });

  it("shows codes that it does not know, with the code", () => {
    const dossier = family({
      ...theCase,
      casus: { ...theCase.casus, fase: "XA", vastgelegd: { op: "2020-08-26", functie: "XB" } },
      meldingen: [{ ...theCase.meldingen[0], wijze: "XC", besluit: "XD", toelichtingBesluit: null }],
      melders: [{ ...theCase.melders[0], rol: "XE" }],
      onderzoek: [{ ...theCase.onderzoek[0], stand: "XF" }],
    });
    expect(dossier.involvement).toMatchObject({
      kind: "onbekende code (XA)",
      authorRole: "onbekende code (XB)",
    });
    expect(dossier.concernReports[0]).toMatchObject({
      kind: "onbekende code (XC)",
      outcome: "onbekende code (XD)",
    });
    expect(dossier.reporters[0]?.relation).toBe("onbekende code (XE): buurvrouw");
    expect(dossier.investigationReports[0]?.status).toBe("onbekende code (XF)");
  });

  it("leaves a malformed date empty, counts it, and gives the rest", () => {
    const faults = new FaultCounter();
    const meldingen = [{ ...theCase.meldingen[0], ontvangen: "26-08-2020" }, theCase.meldingen[0]];
    const { concernReports } = family({ ...theCase, meldingen }, faults);
    expect(concernReports.map((report) => report.reportedOn)).toEqual([null, "2020-08-26"]);
    expect(concernReports[0]?.summary).toBe("Inhoud.");
    expect(faults.counts).toEqual({ date: 1 });
  });
});

describe("a person in a case of Veilig Thuis", () => {
  it("arrives whole, each piece in its own category", () => {
    expect(person(involved)).toEqual({
      identity: {
        ...origin,
        name: "Roep Achter",
        birthDate: "2013-04-09",
        dueDate: null,
        language: "Nederlands",
        phone: null,
        address: "Adres 1",
      },
      householdRole: { ...origin, roleCode: "301", role: "kind", authority: null, livesWith: "moeder" },
      goals: [],
      safetyAssessments: [
        {
          ...origin,
          score: 4,
          sentence: "Zin.",
          instrument: "veiligheidsbeoordeling Veilig Thuis",
          assessedOn: "2020-08-28",
        },
      ],
      childHealth: { ...origin, summary: "Kind.", diagnoses: ["d"] },
      parentHealth: null,
      criminalRecords: [{ ...origin, summary: "Bericht 2.", occurredOn: "2020-08-20", kind: "zorgmelding" }],
      education: { ...origin, school: "School.", attendance: "Verzuim.", support: null },
      measures: [],
      secretAddress: null,
    });
  });

  it("whose stay is shielded has an address there and nowhere else", () => {
    const afgeschermdVerblijf = { vastgelegd, soort: "Vrouwenopvang", adres: "Geheim 1" };
    const dossier = person({ ...involved, person: { ...involved.person, afgeschermdVerblijf } });
    expect(dossier.secretAddress).toEqual({ ...origin, place: "Vrouwenopvang", address: "Geheim 1" });
    expect(JSON.stringify({ ...dossier, secretAddress: null })).not.toMatch(/Geheim 1|Adres 1|opvang/i);
  });

  it("has no open address when the shielded one cannot be read", () => {
    const dossier = person({
      ...involved,
      person: { ...involved.person, afgeschermdVerblijf: "Geheim 1" },
    });
    expect(JSON.stringify(dossier)).not.toMatch(/Geheim 1|Adres 1/);
  });

  it("shows codes that it does not know, with the code", () => {
    const dossier = person({
      ...involved,
      person: { ...involved.person, rol: "XA" },
      case: {
        veiligheidsbeoordeling: [
          { ...involved.case.veiligheidsbeoordeling[0], instrument: "XB", cijfer: 12 },
        ],
      },
    });
    expect(dossier.householdRole).toMatchObject({ roleCode: null, role: "onbekende code (XA)" });
    expect(dossier.safetyAssessments[0]).toMatchObject({
      instrument: "onbekende code (XB)",
      score: null,
      sentence: "Cijfer buiten de schaal (12). Zin.",
    });
  });
});

/** Records with the keys of this one, and anything under them. */
const broken = (record: object) =>
  fc.record(Object.fromEntries(Object.keys(record).map((key) => [key, fc.jsonValue()])));

it("gives a dossier of Veilig Thuis for any document, however broken", () => {
  fc.assert(
    fc.property(broken(theCase), broken(involved.person), fc.jsonValue(), (aCase, aPerson, anything) => {
      const both = { case: aCase, person: aPerson };
      for (const dossier of [family(aCase), person(both), family(anything), person(anything)]) {
        expect(JSON.stringify(dossier)).toBeDefined();
      }
    }),
  );
});
