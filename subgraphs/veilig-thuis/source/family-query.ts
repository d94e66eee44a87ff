// One query for any number of cases ($1 = dossiernummers): the document, with of its persons only their numbers.

/** The document of a case without what it says of its persons. */
export const caseWithoutPersons = `m.document || jsonb_build_object('personen', (
  SELECT coalesce(jsonb_agg(jsonb_build_object('nr', nr)), '[]') FROM jsonb_path_query(m.document, '$.personen[*].nr') nr
))`;

export const familyQuery = `
SELECT m.dossiernummer AS case_reference, ${caseWithoutPersons} AS record
  FROM meldingsdossier m
 WHERE m.dossiernummer = ANY($1::text[])
`;
