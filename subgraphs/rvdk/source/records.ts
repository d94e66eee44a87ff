// The messages of the Raad as it describes them: its own names and codes. The mapping trusts none of it blindly.

/** Day of registration and function code of the author. */
export interface Registered {
  readonly registratie: { readonly datum: string; readonly functie: string };
}

interface Executor extends Registered {
  readonly naam: string;
  readonly telefoon: string;
}

/** `gescheiden` is J or N, `gezag.type` a kind of authority as the population register names it. */
interface FamilyPart extends Registered {
  readonly samenstelling: string;
  readonly gescheiden: string;
  readonly gezag: { readonly type: string; readonly toelichting: string | null };
}

/** A request for an inquiry (verzoek tot onderzoek); kind and result are codes. */
interface Request extends Registered {
  readonly ontvangen: string;
  readonly soort: string;
  readonly inhoud: string;
  readonly resultaat: string | null;
}

/** An inquiry; kind, status and result are codes. */
export interface Inquiry extends Registered {
  readonly soort: string;
  readonly start: string;
  readonly einde: string | null;
  readonly status: string;
  readonly resultaat: string | null;
  readonly toelichting: string | null;
}

export interface Report extends Registered {
  readonly titel: string;
  readonly vastgesteldOp: string | null;
  readonly status: string;
  readonly conclusie: string | null;
}

/** An informant; `tekst` may be used only once its author approved it (`akkoordOp`). */
export interface Informant extends Registered {
  readonly naam: string;
  readonly relatie: string;
  readonly telefoon: string;
  readonly tekst: string;
  readonly akkoordOp: string | null;
}

/** An entry out of the judicial register (JDR); about the household when `volgnummer` is null. */
export interface JudicialEntry extends Registered {
  readonly volgnummer: number | null;
  readonly datum: string;
  readonly soort: string;
  readonly tekst: string;
}

export interface MeasurePart extends Registered {
  readonly volgnummer: number;
  readonly soort: string;
  readonly beschikking: string | null;
  readonly ingang: string | null;
  readonly einde: string | null;
  readonly status: string;
}

interface Step extends Registered {
  readonly datum: string;
  readonly stap: string;
  readonly tekst: string;
}

/** One case out of its newest message, with of its persons only their numbers. */
export interface CaseRecord {
  readonly volgnummers: readonly number[];
  readonly zaaktype: string;
  readonly startdatum: string;
  readonly einddatum: string | null;
  readonly status: string;
  readonly heeftAlsUitvoerende: Executor;
  readonly gezin: FamilyPart;
  readonly verzoeken: readonly Request[];
  readonly onderzoeken: readonly Inquiry[];
  readonly rapporten: readonly Report[];
  readonly informanten: readonly Informant[];
  readonly jdr: readonly JudicialEntry[];
  readonly maatregelen: readonly MeasurePart[];
  readonly processtappen: readonly Step[];
}

interface NaturalPerson {
  readonly voornamen: string;
  readonly voorvoegsel: string | null;
  readonly geslachtsnaam: string;
  readonly geboortedatum: string | null;
  readonly uitgerekendeDatum: string | null;
  readonly taal: string | null;
}

interface HealthPart extends Registered {
  readonly tekst: string;
  readonly kenmerken: readonly string[];
}

interface School extends Registered {
  readonly school: string;
  readonly verzuim: string | null;
  readonly ondersteuning: string | null;
}

/** A client (child) or an interested party (belanghebbende); `rol` is a role of the chain messages. */
interface Involved extends Registered {
  readonly volgnummer: number;
  readonly rol: string;
  readonly persoon: NaturalPerson;
  readonly contact: { readonly telefoon: string | null; readonly adres: string | null } | null;
  readonly verblijf: string | null;
  readonly gezondheid: HealthPart | null;
  readonly onderwijs: School | null;
}

interface SafetyJudgement extends Registered {
  readonly volgnummer: number;
  readonly datum: string;
  readonly cijfer: number | null;
  readonly toelichting: string;
}

/** One person, with what the message says of that person elsewhere. */
export interface InvolvedRecord {
  /** Whether the message has the person among its clients (heeftAlsClient). */
  readonly client: boolean;
  readonly betrokkene: Involved;
  readonly jdr: readonly JudicialEntry[];
  readonly maatregelen: readonly MeasurePart[];
  readonly veiligheid: readonly SafetyJudgement[];
}
