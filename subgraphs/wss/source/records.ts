// The lines of the export as the organisation describes them: text only, empty or null where there is nothing.

type Text = string | null;

/** Columns about one person. */
export interface PersonLine {
  readonly naam: Text;
  readonly geboortedatum: Text;
  readonly uitgerekende_datum: Text;
  readonly rol: Text;
  readonly taal: Text;
  readonly telefoon: Text;
  readonly adres: Text;
  readonly verblijft_bij: Text;
  readonly doelen: Text;
  readonly doelen_datum: Text;
  readonly veiligheidscijfer: Text;
  readonly veiligheid_toelichting: Text;
  readonly veiligheid_datum: Text;
  readonly kind_gezondheid: Text;
  readonly kind_diagnoses: Text;
  readonly ouder_gezondheid: Text;
  readonly ouder_diagnoses: Text;
  readonly gezondheid_datum: Text;
  readonly school: Text;
  readonly verzuim: Text;
  readonly schoolondersteuning: Text;
  readonly school_datum: Text;
  readonly maatregel: Text;
  readonly beschikkingsnummer: Text;
  readonly maatregel_start: Text;
  readonly maatregel_eind: Text;
  readonly maatregel_stand: Text;
}

/** Columns about the case, the same on each of its lines. */
export interface CaseLine {
  readonly gezin: Text;
  readonly gescheiden: Text;
  readonly gezag: Text;
  readonly traject: Text;
  readonly traject_start: Text;
  readonly traject_eind: Text;
  readonly begeleider: Text;
  readonly begeleider_functie: Text;
  readonly begeleider_telefoon: Text;
  readonly plan: Text;
  readonly plan_afspraken: Text;
  readonly plan_stand: Text;
  readonly plan_datum: Text;
  readonly contacten: Text;
  readonly veiligheidsplan: Text;
  readonly veiligheidsafspraken: Text;
  readonly zicht_op_veiligheid: Text;
  readonly veiligheidsplan_datum: Text;
  readonly signalen: Text;
  readonly wonen: Text;
  readonly inkomen: Text;
  readonly schulden: Text;
  readonly leefsituatie_datum: Text;
  readonly rapport_titel: Text;
  readonly rapport_datum: Text;
  readonly rapport_stand: Text;
  readonly rapport_conclusie: Text;
}

/** One line; day and function code of who registered it. The BSN is not among what the mapping sees. */
export interface ExportLine extends PersonLine, CaseLine {
  readonly dossiernummer: string;
  readonly volgnr: string;
  readonly geregistreerd: Text;
  readonly geregistreerd_door: Text;
}
