// The records that the queries give: Lokalis' own names and codes, lists null when empty.

/** Day of recording and function code of the author. */
export interface Recorded {
  readonly vastgelegd_op: string | null;
  readonly functie: string | null;
}

export interface Plan extends Recorded {
  readonly samenvatting: string | null;
  readonly stand: string | null;
  readonly casusregisseur: string | null;
  readonly afspraken: readonly string[] | null;
}

export interface SafetyPlanRow extends Recorded {
  readonly samenvatting: string | null;
  readonly zicht_op_veiligheid: string | null;
  readonly afspraken: readonly string[] | null;
}

export interface PoliceReport extends Recorded {
  readonly soort: string | null;
  readonly gebeurd_op: string | null;
  readonly samenvatting: string;
}

export interface MeasureRow extends Recorded {
  readonly soort: string;
  readonly beschikkingsnummer: string | null;
  readonly van: string | null;
  readonly tot: string | null;
  readonly stand: string | null;
}

interface HouseholdRow extends Recorded {
  readonly samenstelling: string | null;
  readonly ouders_gescheiden: string;
  readonly gezag_toelichting: string | null;
  readonly soort_hulp: string | null;
  readonly aanvang: string;
  readonly einde: string | null;
  readonly contactpersoon: string | null;
  readonly contacttelefoon: string | null;
}

interface Note extends Recorded {
  readonly datum: string;
  readonly soort: string | null;
  readonly tekst: string;
}

interface Signal extends Recorded {
  readonly soort: string | null;
  readonly datum: string;
  readonly inhoud: string;
  readonly uitkomst: string | null;
}

interface Informant extends Recorded {
  readonly naam: string | null;
  readonly relatie: string | null;
  readonly telefoon: string | null;
  readonly blijft_onbekend: boolean;
}

interface Living extends Recorded {
  readonly wonen: string | null;
  readonly inkomen: string | null;
  readonly schulden: string | null;
}

/** One file. */
export interface HouseholdRecord {
  readonly huishouden: HouseholdRow;
  readonly plannen: readonly Plan[] | null;
  readonly contactnotities: readonly Note[] | null;
  readonly veiligheidsplannen: readonly SafetyPlanRow[] | null;
  readonly signalen: readonly Signal[] | null;
  readonly informanten: readonly Informant[] | null;
  readonly politiemeldingen: readonly PoliceReport[] | null;
  readonly leefsituatie: Living | null;
  readonly maatregelen: readonly MeasureRow[] | null;
}

interface Client extends Recorded {
  readonly voornaam: string;
  readonly tussenvoegsel: string | null;
  readonly achternaam: string;
  readonly geboortedatum: string | null;
  readonly uitgerekende_datum: string | null;
  readonly taal: string | null;
  readonly telefoon: string | null;
  readonly adres: string | null;
  readonly rol: string;
  readonly gezag: string | null;
  readonly woont_bij: string | null;
}

/** One client. */
export interface ClientRecord {
  readonly client: Client;
  readonly doelen: readonly (Recorded & { readonly tekst: string; readonly stand: string | null })[] | null;
  readonly veiligheidscijfers:
    | readonly (Recorded & {
        readonly cijfer: number | null;
        readonly toelichting: string | null;
        readonly datum: string;
      })[]
    | null;
  readonly gezondheid:
    (Recorded & { readonly samenvatting: string; readonly diagnoses: readonly string[] | null }) | null;
  readonly politiemeldingen: readonly PoliceReport[] | null;
  readonly onderwijs:
    | (Recorded & {
        readonly school: string | null;
        readonly verzuim: string | null;
        readonly ondersteuning: string | null;
      })
    | null;
  readonly maatregelen: readonly MeasureRow[] | null;
}
