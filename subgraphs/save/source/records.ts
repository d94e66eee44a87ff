// The records that the queries give: SAVE's own names and codes, lists null when empty.

/** Mark of a person in a shielded stay, and of every case that such a person takes part in. */
export const SHIELDED_STAY = "AFGESCHERMD_VERBLIJF";

/** Day of registration and function code of the author. */
export interface Registered {
  readonly reg_dt: string | null;
  readonly functie_code: string | null;
}

export interface CaseRow extends Registered {
  readonly type_code: string;
  readonly dt_in: string;
  readonly dt_uit: string | null;
  readonly scheiding_ind: string;
  readonly gezin_tekst: string | null;
  readonly gezag_tekst: string | null;
  readonly contact_naam: string | null;
  readonly contact_tel: string | null;
}

export interface PlanRow extends Registered {
  readonly status_code: string;
  readonly kern_tekst: string | null;
  readonly veilig_kern: string | null;
  readonly zicht_tekst: string | null;
  readonly regie: string | null;
  readonly regels: readonly { readonly regel_type: string; readonly tekst: string }[] | null;
}

export interface JusticeRow extends Registered {
  readonly soort_code: string | null;
  readonly dt: string | null;
  readonly tekst: string;
}

export interface OrderRow extends Registered {
  readonly soort_code: string;
  readonly nr: string;
  readonly dt_in: string;
  readonly dt_uit: string | null;
  readonly status_code: string;
}

interface JournalRow extends Registered {
  readonly dt: string;
  readonly soort_code: string | null;
  readonly tekst: string;
}

interface SignalRow extends JournalRow {
  readonly uitkomst_tekst: string | null;
}

interface ReporterRow extends Registered {
  readonly jzr_code: string;
  readonly naam: string | null;
  readonly tel: string | null;
  readonly relatie_tekst: string | null;
  readonly anoniem_ind: boolean | null;
}

export interface DomainRow extends Registered {
  readonly gebied_code: string;
  readonly tekst: string;
}

interface ReportRow extends Registered {
  readonly titel: string;
  readonly conclusie: string | null;
  readonly dt_af: string | null;
  readonly status_code: string;
}

/** One case. */
export interface CaseRecord {
  readonly zaak: CaseRow;
  readonly plan: PlanRow | null;
  readonly journaal: readonly JournalRow[] | null;
  readonly signalen: readonly SignalRow[] | null;
  readonly melders: readonly ReporterRow[] | null;
  readonly justitie: readonly JusticeRow[] | null;
  readonly leefgebieden: readonly DomainRow[] | null;
  readonly beschikkingen: readonly OrderRow[] | null;
  readonly rapportages: readonly ReportRow[] | null;
  /** Somebody in the case is in a shielded stay. */
  readonly afgeschermd: boolean;
}

export interface PersonRow extends Registered {
  readonly naam: string | null;
  readonly geb_dt: string | null;
  readonly verw_geb_dt: string | null;
  readonly taal_code: string | null;
  readonly tel: string | null;
  readonly adres: string | null;
}

interface RoleRow extends Registered {
  readonly jzr_code: string;
  readonly gezag_code: string | null;
  readonly verblijf_code: string | null;
}

interface ShieldedRow extends Registered {
  readonly plek_code: string;
  readonly adres: string;
}

interface GoalRow extends Registered {
  readonly tekst: string;
  readonly stand_code: string | null;
}

interface AssessmentRow extends Registered {
  readonly instrument_code: string;
  readonly cijfer: number | null;
  readonly kern_tekst: string | null;
  readonly dt: string;
}

export interface HealthRow extends Registered {
  readonly gebied_code: string;
  readonly kenmerk_code: string | null;
  readonly tekst: string | null;
}

export interface SchoolRow extends Registered {
  readonly soort_code: string;
  readonly tekst: string;
}

/** One person. */
export interface PersonRecord {
  readonly persoon: PersonRow;
  readonly rol: RoleRow;
  readonly afgeschermd: ShieldedRow | null;
  readonly doelen: readonly GoalRow[] | null;
  readonly taxaties: readonly AssessmentRow[] | null;
  readonly kenmerken: readonly HealthRow[] | null;
  readonly justitie: readonly JusticeRow[] | null;
  readonly school: readonly SchoolRow[] | null;
  readonly beschikkingen: readonly OrderRow[] | null;
}
