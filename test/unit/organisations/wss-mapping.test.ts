import * as fc from "fast-check";
import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import { loadMapping } from "../../../shared/sources/mapping/load";
import { FaultCounter } from "../../../shared/sources/record-faults";

const mapping = loadMapping("subgraphs/wss/mapping/mapping.yaml");

/** A line of the export: column -> text. */
type ExportLine = Readonly<Record<string, string | null>>;

const origin = { organisation: "wss", authorRole: "jeugdbeschermer", recordedOn: "2020-08-24" };
const on = (recordedOn: string) => ({ ...origin, recordedOn });

const line: ExportLine = {
  dossiernummer: "WSS-2008",
  volgnr: "3",
  naam: "Kind Naam",
  geboortedatum: "05-10-2008",
  uitgerekende_datum: "",
  rol: "JGD",
  taal: "Nederlands",
  telefoon: "",
  adres: null,
  verblijft_bij: "moeder",
  doelen: "Doel een. | 1; Doel twee. | 2",
  doelen_datum: "20-08-2020",
  veiligheidscijfer: "6",
  veiligheid_toelichting: "Zin.",
  veiligheid_datum: "21-08-2020",
  kind_gezondheid: "Gezondheid.",
  kind_diagnoses: "een; twee",
  ouder_gezondheid: "",
  ouder_diagnoses: "",
  gezondheid_datum: "11-05-2020",
  school: "School.",
  verzuim: "Verzuim.",
  schoolondersteuning: "",
  school_datum: "",
  maatregel: "OTS",
  beschikkingsnummer: "C/16/1",
  maatregel_start: "31-03-2020",
  maatregel_eind: "30-03-2021",
  maatregel_stand: "LPD",
  gezin: "Gezin.",
  gescheiden: "J",
  gezag: "Gezag.",
  traject: "OTS",
  traject_start: "31-03-2020",
  traject_eind: "",
  begeleider: "Naam",
  begeleider_functie: "JB",
  begeleider_telefoon: "030-1",
  plan: "Plan.",
  plan_afspraken: "Afspraak een; Afspraak twee;",
  plan_stand: "VST",
  plan_datum: "11-05-2020",
  contacten: "14-08-2020 | HB | Bezoek.; 23-08-2020 | TEL | Gebeld.",
  veiligheidsplan: "Veilig.",
  veiligheidsafspraken: "Regel",
  zicht_op_veiligheid: "Zicht.",
  veiligheidsplan_datum: "12-05-2020",
  signalen: "19-06-2020 | INC | Signaal. | Uitkomst.",
  wonen: "Wonen.",
  inkomen: "",
  schulden: "",
  leefsituatie_datum: "13-05-2020",
  rapport_titel: "Verslag",
  rapport_datum: "14-05-2020",
  rapport_stand: "DEF",
  rapport_conclusie: "Conclusie.",
  geregistreerd: "24-08-2020",
  geregistreerd_door: "JB",
};
const parent: ExportLine = { ...line, volgnr: "1", rol: "OUD+", maatregel: "" };

const family = (lines: readonly ExportLine[], faults = new FaultCounter()) =>
  mapping.toFamily({ kop: lines[0], regels: lines }, faults) as FamilyDossierData;
const person = (changes: ExportLine, faults = new FaultCounter()) => {
  const inCase = { case: { kop: parent, regels: [parent] }, person: { ...line, ...changes } };
  return mapping.toPerson(inCase, faults) as PersonDossierData;
};

const measureExpected = {
  ...origin,
  kind: "OTS",
  number: "C/16/1",
  startsOn: "2020-03-31",
  endsOn: "2021-03-30",
  status: "lopend",
};

describe("the lines of a case of WSS", () => {
  it("arrive whole, each piece in its own category", () => {
    const faults = new FaultCounter();
    expect(family([parent, line], faults)).toEqual({
      involvement: {
        ...origin,
        since: "2020-03-31",
        until: null,
        contactName: "Naam",
        contactPhone: "030-1",
        kind: "uitvoering van een ondertoezichtstelling",
      },
      household: { ...origin, composition: "Gezin.", separated: true, authority: "Gezag." },
      carePlan: {
        ...on("2020-05-11"),
        summary: "Plan.",
        agreements: ["Afspraak een", "Afspraak twee"],
        coordinator: "Naam",
        status: "vastgesteld",
      },
      contactNotes: [
        { ...on("2020-08-14"), text: "Bezoek.", occurredOn: "2020-08-14", kind: "huisbezoek" },
        { ...on("2020-08-23"), text: "Gebeld.", occurredOn: "2020-08-23", kind: "telefoongesprek" },
      ],
      safetyPlan: {
        ...on("2020-05-12"),
        summary: "Veilig.",
        agreements: ["Regel"],
        sightOnSafety: "Zicht.",
      },
      concernReports: [
        {
          ...on("2020-06-19"),
          reportedOn: "2020-06-19",
          kind: "incident",
          summary: "Signaal.",
          outcome: "Uitkomst.",
        },
      ],
      reporters: [],
      criminalRecords: [],
      livingSituation: { ...on("2020-05-13"), housing: "Wonen.", income: null, debts: null },
      measures: [measureExpected],
      investigationReports: [
        {
          ...on("2020-05-14"),
          title: "Verslag",
          finishedOn: "2020-05-14",
          conclusion: "Conclusie.",
          status: "definitief",
        },
      ],
    });
    expect(faults.total).toBe(0);
  });

  it("give nothing for what the export leaves empty", () => {
    const empty = Object.fromEntries(Object.keys(line).map((column) => [column, " "]));
    expect(family([empty])).toMatchObject({
      carePlan: null,
      contactNotes: [],
      safetyPlan: null,
      concernReports: [],
      livingSituation: null,
      measures: [],
      investigationReports: [],
    });
  });

  it("show codes that the export's list does not have, with the code", () => {
    const dossier = family([
      {
        ...line,
        traject: "XA",
        geregistreerd_door: "XB",
        contacten: "14-08-2020 | XC | Tekst.",
        maatregel: "XD",
        maatregel_stand: "XE",
        plan_stand: "XF",
      },
    ]);
    expect(dossier.involvement).toMatchObject({
      kind: "onbekende code (XA)",
      authorRole: "onbekende code (XB)",
    });
    expect(dossier.contactNotes[0]?.kind).toBe("onbekende code (XC)");
    expect(dossier.measures[0]).toMatchObject({ kind: "onbekende code (XD)", status: "onbekende code (XE)" });
    expect(dossier.carePlan?.status).toBe("onbekende code (XF)");
  });

  it("leave what cannot be read empty, count it, and give the rest", () => {
    const faults = new FaultCounter();
    const dossier = family(
      [
        {
          ...line,
          traject_start: "31-02-2020",
          gescheiden: "misschien",
          contacten: "2020-08-14 | HB | Verkeerde datum.; Alleen tekst; 23-08-2020 | TEL | Goed.",
        },
      ],
      faults,
    );
    expect(dossier.involvement).toMatchObject({ since: null, contactName: "Naam" });
    expect(dossier.household?.separated).toBeNull();
    expect(dossier.contactNotes).toEqual([
      { ...origin, text: "Verkeerde datum.", occurredOn: null, kind: "huisbezoek" },
      { ...origin, text: "Alleen tekst", occurredOn: null, kind: null },
      { ...on("2020-08-23"), text: "Goed.", occurredOn: "2020-08-23", kind: "telefoongesprek" },
    ]);
    expect(faults.counts).toEqual({ date: 2, flag: 1, part: 1 });
  });
});

describe("the line of a person at WSS", () => {
  it("arrives whole, each piece in its own category", () => {
    expect(person({})).toEqual({
      identity: {
        ...origin,
        name: "Kind Naam",
        birthDate: "2008-10-05",
        dueDate: null,
        language: "Nederlands",
        phone: null,
        address: null,
      },
      householdRole: { ...origin, roleCode: "301", role: "jeugdige", authority: null, livesWith: "moeder" },
      goals: [
        { ...on("2020-08-20"), text: "Doel een.", status: "loopt" },
        { ...on("2020-08-20"), text: "Doel twee.", status: "bereikt" },
      ],
      safetyAssessments: [
        {
          ...on("2020-08-21"),
          score: 6,
          sentence: "Zin.",
          instrument: "schaalvraag",
          assessedOn: "2020-08-21",
        },
      ],
      childHealth: { ...on("2020-05-11"), summary: "Gezondheid.", diagnoses: ["een", "twee"] },
      parentHealth: null,
      criminalRecords: [],
      education: { ...origin, school: "School.", attendance: "Verzuim.", support: null },
      measures: [measureExpected],
      secretAddress: null,
    });
  });

  it("keeps a parent's health apart from a child's", () => {
    const dossier = person({ kind_gezondheid: "", kind_diagnoses: "", ouder_diagnoses: "een" });
    expect(dossier.childHealth).toBeNull();
    expect(dossier.parentHealth).toMatchObject({ summary: "geen tekst vastgelegd", diagnoses: ["een"] });
  });

  it("shows codes that the export's list does not have, with the code", () => {
    const dossier = person({ rol: "XA", doelen: "Doel. | 7; Doel zonder stand." });
    expect(dossier.householdRole).toMatchObject({ roleCode: null, role: "onbekende code (XA)" });
    expect(dossier.goals.map((goal) => goal.status)).toEqual(["onbekende code (7)", null]);
  });

  it.each([
    ["6,5", "Cijfer buiten de schaal (6.5). Zin.", {}],
    ["12", "Cijfer buiten de schaal (12). Zin.", {}],
    ["goed", "Zin.", { number: 1 }],
  ])("makes no score of %s", (veiligheidscijfer, sentence, counts) => {
    const faults = new FaultCounter();
    const [assessment] = person({ veiligheidscijfer }, faults).safetyAssessments;
    expect(assessment).toMatchObject({ score: null, sentence });
    expect(faults.counts).toEqual(counts);
  });
});

it("gives a dossier of WSS for any line, whatever its texts", () => {
  const anyLine = fc.record(
    Object.fromEntries(
      Object.keys(line).map((column) => [
        column,
        fc.oneof(fc.string(), fc.constant(null), fc.constantFrom("J", "|;|", "31-02-2020", "1 | 2; 3")),
      ]),
    ),
  ) as fc.Arbitrary<ExportLine>;
  fc.assert(
    fc.property(fc.array(anyLine), anyLine, (lines, one) => {
      expect(JSON.stringify([family(lines), person(one)])).toBeDefined();
    }),
  );
});
