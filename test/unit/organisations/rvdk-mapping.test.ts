import * as fc from "fast-check";
import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import { loadMapping } from "../../../shared/sources/mapping/load";
import { FaultCounter } from "../../../shared/sources/record-faults";

const mapping = loadMapping("subgraphs/rvdk/mapping/mapping.yaml");

const registratie = { datum: "20200824", functie: "RO" };
const origin = { organisation: "rvdk", authorRole: "raadsonderzoeker", recordedOn: "2020-08-24" };
const jdr = (volgnummer: string | null) => ({
  registratie,
  volgnummer,
  datum: "20170619",
  soort: "VER",
  tekst: `Uittreksel ${volgnummer}.`,
});
const measure = {
  registratie,
  volgnummer: "3",
  soort: "OTS",
  beschikking: "C/16/1",
  ingang: "20191231",
  einde: "20201230",
  status: "OPG",
};
const measureExpected = {
  ...origin,
  kind: "OTS",
  number: "C/16/1",
  startsOn: "2019-12-31",
  endsOn: "2020-12-30",
  status: "opgelegd",
};
const informant = {
  registratie,
  naam: "Informant Naam",
  relatie: "leerkracht",
  telefoon: "030-92",
  tekst: "Informatie.",
  akkoordOp: "20200826",
};

// As XML gives it: texts only, and one item without a list around it.
const child = {
  registratie,
  volgnummer: "3",
  rol: "301",
  persoon: {
    voornamen: "Voor",
    voorvoegsel: "de",
    geslachtsnaam: "Naam",
    geboortedatum: "20130409",
    uitgerekendeDatum: null,
    taal: null,
  },
  contact: { telefoon: null, adres: "Adres 1" },
  verblijf: "moeder",
  gezondheid: { registratie, tekst: "Gezondheid.", kenmerken: "k" },
  onderwijs: { registratie, school: "School.", verzuim: "Verzuim.", ondersteuning: null },
};

const theCase = {
  heeftAlsClient: child,
  heeftAlsBelanghebbende: [{ volgnummer: "2" }, { volgnummer: "5" }],
  zaaktype: "OKM",
  startdatum: "20180409",
  einddatum: null,
  status: "OND",
  heeftAlsUitvoerende: { registratie, naam: "Naam", telefoon: "030-1" },
  gezin: {
    registratie,
    samenstelling: "Gezin.",
    gescheiden: "J",
    gezag: { type: "EenhoofdigOuderlijkGezag", toelichting: "Moeder." },
  },
  verzoeken: [{ registratie, ontvangen: "20200817", soort: "VTO", inhoud: "Inhoud.", resultaat: "OPG" }],
  onderzoeken: [
    {
      registratie,
      soort: "BES",
      start: "20180409",
      einde: "20180702",
      status: "ZAF",
      resultaat: "GRK",
      toelichting: "Reden.",
    },
  ],
  rapporten: [
    { registratie, titel: "Raadsrapport", vastgesteldOp: "20180702", status: "DEF", conclusie: "Advies." },
  ],
  informanten: [informant],
  jdr: [jdr(null), jdr("2"), jdr("7"), jdr("3")],
  veiligheid: { registratie, volgnummer: "3", datum: "20200827", cijfer: "4", toelichting: "Zin." },
  maatregelen: measure,
  processtappen: [{ registratie, datum: "20200827", stap: "GSK", tekst: "Gesprek." }],
};

const family = async (object: unknown, faults = new FaultCounter()): Promise<FamilyDossierData> =>
  mapping.toFamily({ object }, faults);
/** Somebody in a case, by default its client. */
const person = async (own: unknown, object: unknown = theCase): Promise<PersonDossierData> =>
  mapping.toPerson({ case: { object }, person: own }, new FaultCounter());

describe("a case of the Raad", () => {
  it("arrives whole, each piece in its own category", async () => {
    const faults = new FaultCounter();
    expect(await family(theCase, faults)).toEqual({
      involvement: {
        ...origin,
        since: "2018-04-09",
        until: null,
        contactName: "Naam",
        contactPhone: "030-1",
        kind: "overwegen kinderbeschermingsmaatregel: onderzoek loopt",
      },
      household: {
        ...origin,
        composition: "Gezin.",
        separated: true,
        authority: "eenhoofdig ouderlijk gezag: Moeder.",
      },
      carePlan: null,
      contactNotes: [{ ...origin, text: "Gesprek.", occurredOn: "2020-08-27", kind: "gesprek met een kind" }],
      safetyPlan: null,
      concernReports: [
        {
          ...origin,
          reportedOn: "2020-08-17",
          kind: "verzoek tot onderzoek",
          summary: "Inhoud.",
          outcome: "onderzoek gestart",
        },
      ],
      reporters: [
        {
          ...origin,
          name: "Informant Naam",
          relation: "informant: leerkracht",
          phone: "030-92",
          anonymous: false,
        },
      ],
      criminalRecords: [
        { ...origin, summary: "Uittreksel null.", occurredOn: "2017-06-19", kind: "veroordeling" },
        { ...origin, summary: "Uittreksel 7.", occurredOn: "2017-06-19", kind: "veroordeling" },
      ],
      livingSituation: null,
      measures: [measureExpected],
      investigationReports: [
        {
          ...origin,
          title: "beschermingsonderzoek",
          finishedOn: "2018-07-02",
          conclusion: "geen rekest: Reden.",
          status: "zaak afgerond",
        },
        {
          ...origin,
          title: "Raadsrapport",
          finishedOn: "2018-07-02",
          conclusion: "Advies.",
          status: "vastgesteld",
        },
        {
          ...origin,
          title: "informatie van een informant",
          finishedOn: "2020-08-26",
          conclusion: "Informatie.",
          status: "goedgekeurd door de informant",
        },
      ],
    });
    expect(faults.total).toBe(0);
  });

  it("names its informants under reporters only", async () => {
    expect(JSON.stringify({ ...(await family(theCase)), reporters: [] })).not.toMatch(
      /Informant Naam|030-92|leerkracht/,
    );
  });

  it.each([null, "", "nog niet"])(
    "gives no text that its informant did not approve (%s)",
    async (akkoordOp) => {
      const dossier = await family({ ...theCase, informanten: [{ ...informant, akkoordOp }] });
      expect(dossier.investigationReports.at(-1)).toMatchObject({
        conclusion: null,
        status: "wacht op akkoord van de informant",
      });
      expect(JSON.stringify(dossier)).not.toContain("Informatie.");
    },
  );

  it("shows codes that it does not know, with the code", async () => {
    const dossier = await family({
      ...theCase,
      zaaktype: "XA",
      status: "XB",
      gezin: { ...theCase.gezin, gezag: { type: "XC", toelichting: null } },
      onderzoeken: [{ ...theCase.onderzoeken[0], soort: "XD", status: "XE", resultaat: "XF" }],
      maatregelen: [
        { ...measure, soort: "XG", status: "XH", registratie: { ...registratie, functie: "XI" } },
      ],
    });
    expect(dossier.involvement?.kind).toBe("onbekende code (XA): onbekende code (XB)");
    expect(dossier.household?.authority).toBe("onbekende code (XC)");
    expect(dossier.investigationReports[0]).toMatchObject({
      title: "onbekende code (XD)",
      status: "onbekende code (XE)",
      conclusion: "onbekende code (XF): Reden.",
    });
    expect(dossier.measures[0]).toMatchObject({
      kind: "onbekende code (XG)",
      status: "onbekende code (XH)",
      authorRole: "onbekende code (XI)",
    });
  });

  it("leaves a malformed date empty, counts it, and gives the rest", async () => {
    const faults = new FaultCounter();
    const dossier = await family({ ...theCase, startdatum: "20180400", einddatum: "2020-08-31" }, faults);
    expect(dossier.involvement).toMatchObject({ since: null, until: null, contactName: "Naam" });
    expect(faults.counts).toEqual({ date: 2 });
  });
});

describe("a person in a case of the Raad", () => {
  it("arrives whole, each piece in its own category", async () => {
    expect(await person(child)).toEqual({
      identity: {
        ...origin,
        name: "Voor de Naam",
        birthDate: "2013-04-09",
        dueDate: null,
        language: null,
        phone: null,
        address: "Adres 1",
      },
      householdRole: { ...origin, roleCode: "301", role: "jeugdige", authority: null, livesWith: "moeder" },
      goals: [],
      safetyAssessments: [
        { ...origin, score: 4, sentence: "Zin.", instrument: "schaalvraag", assessedOn: "2020-08-27" },
      ],
      childHealth: { ...origin, summary: "Gezondheid.", diagnoses: ["k"] },
      parentHealth: null,
      criminalRecords: [
        { ...origin, summary: "Uittreksel 3.", occurredOn: "2017-06-19", kind: "veroordeling" },
      ],
      education: { ...origin, school: "School.", attendance: "Verzuim.", support: null },
      measures: [measureExpected],
      secretAddress: null,
    });
  });

  it("who is not among the clients has no health under that of a child", async () => {
    const dossier = await person({ ...child, volgnummer: "2", rol: "112" });
    expect(dossier.childHealth).toBeNull();
    expect(dossier.parentHealth?.summary).toBe("Gezondheid.");
    expect(dossier.householdRole).toMatchObject({ role: "ouder met gezag", authority: "gezag" });
  });

  it("in a role that is not known is shown with the code of it", async () => {
    const dossier = await person({ ...child, rol: "999" });
    expect(dossier.householdRole).toMatchObject({
      roleCode: "999",
      role: "onbekende code (999)",
      authority: null,
    });
  });
});

/** Records with the keys of this one, and anything under them. */
const broken = (record: object) =>
  fc.record(Object.fromEntries(Object.keys(record).map((key) => [key, fc.jsonValue()])));

it("gives a dossier of the Raad for any message, however broken", async () => {
  await fc.assert(
    fc.asyncProperty(broken(theCase), broken(child), fc.jsonValue(), async (aCase, aPerson, anything) => {
      for (const dossier of [
        await family(aCase),
        await person(aPerson, aCase),
        await family(anything),
        await person(anything, anything),
      ]) {
        expect(JSON.stringify(dossier)).toBeDefined();
      }
    }),
  );
});
