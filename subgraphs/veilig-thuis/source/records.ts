// The documents of Veilig Thuis as it describes them: its own names and codes. The mapping trusts none of it blindly.

/** Day of recording and function code of the author. */
export interface Recorded {
  readonly vastgelegd: { readonly op: string; readonly functie: string };
}

/** The case; `fase` is a code. */
interface CaseHead extends Recorded {
  readonly aangemaakt: string;
  readonly afgesloten: string | null;
  readonly fase: string;
  readonly behandelaar: { readonly naam: string; readonly telefoon: string };
}

interface FamilyPart extends Recorded {
  readonly samenstelling: string;
  readonly gescheiden: boolean;
  readonly gezag: string;
}

/** One report: how it came in and what was decided are codes; who reported stands under `melders`. */
interface Report extends Recorded {
  readonly nr: number;
  readonly ontvangen: string;
  readonly wijze: string;
  readonly inhoud: string;
  readonly besluit: string | null;
  readonly toelichtingBesluit: string | null;
}

/** Who reported or informed, by number of the report; `rol` is a role of the chain messages. */
interface ReportedBy extends Recorded {
  readonly melding: number;
  readonly rol: string;
  readonly naam: string | null;
  readonly relatie: string | null;
  readonly telefoon: string | null;
  readonly anoniem: boolean;
}

/** What the police gave; about the household when `persoon` is null. */
export interface PoliceMessage extends Recorded {
  readonly persoon: number | null;
  readonly datum: string;
  readonly soort: string;
  readonly tekst: string;
}

interface SafetyJudgement extends Recorded {
  readonly persoon: number;
  readonly datum: string;
  readonly instrument: string;
  readonly cijfer: number | null;
  readonly toelichting: string;
}

export interface SafetyPlanPart extends Recorded {
  readonly samenvatting: string;
  readonly afspraken: readonly string[];
  readonly zichtOpVeiligheid: string;
}

/** An inquiry of Veilig Thuis itself; `stand` is a code. */
interface Inquiry extends Recorded {
  readonly titel: string;
  readonly afgerond: string | null;
  readonly stand: string;
  readonly conclusie: string | null;
}

interface Living extends Recorded {
  readonly wonen: string | null;
  readonly inkomen: string | null;
  readonly schulden: string | null;
}

interface ChainContact extends Recorded {
  readonly datum: string;
  readonly soort: string;
  readonly tekst: string;
}

/** One case: its document, with of its persons only their numbers. */
export interface CaseRecord {
  readonly persoonnummers: readonly number[];
  readonly casus: CaseHead;
  readonly gezin: FamilyPart;
  readonly meldingen: readonly Report[];
  readonly melders: readonly ReportedBy[];
  readonly politie: readonly PoliceMessage[];
  readonly veiligheidsplan: SafetyPlanPart | null;
  readonly onderzoek: readonly Inquiry[];
  readonly leefsituatie: Living | null;
  readonly ketenhistorie: readonly ChainContact[];
}

export interface HealthPart extends Recorded {
  readonly tekst: string;
  readonly diagnoses: readonly string[];
}

interface School extends Recorded {
  readonly school: string;
  readonly verzuim: string | null;
  readonly ondersteuning: string | null;
}

/** A shielded stay; the address stands here and nowhere else in the document. */
interface ShieldedStay extends Recorded {
  readonly soort: string;
  readonly adres: string;
}

/** One person of the case; `rol` is a code of Veilig Thuis. */
interface Involved extends Recorded {
  readonly nr: number;
  readonly roepnaam: string;
  readonly achternaam: string;
  readonly geboren: string | null;
  readonly uitgerekend: string | null;
  readonly rol: string;
  readonly taal: string | null;
  readonly telefoon: string | null;
  readonly adres: string | null;
  readonly verblijftBij: string | null;
  readonly afgeschermdVerblijf: ShieldedStay | null;
  readonly gezondheidKind: HealthPart | null;
  readonly gezondheidOuder: HealthPart | null;
  readonly onderwijs: School | null;
}

/** One person, with what the document says of that person elsewhere. */
export interface InvolvedRecord {
  readonly persoon: Involved;
  readonly politie: readonly PoliceMessage[];
  readonly veiligheidsbeoordeling: readonly SafetyJudgement[];
}
