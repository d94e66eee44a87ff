// One query for any number of cases ($1 = dossiernummers): the document, with of its persons only their numbers.

/** The document of a case without what it says of its persons. */
export const caseWithoutPersons = `z.document || jsonb_build_object('personen', (
  SELECT coalesce(jsonb_agg(jsonb_build_object('nr', nr)), '[]') FROM jsonb_path_query(z.document, '$.personen[*].nr') nr
))`;

export const familyQuery = `
SELECT z.dossiernummer AS case_reference, ${caseWithoutPersons} AS record
  FROM zaakdossier z
 WHERE z.dossiernummer = ANY($1::text[])
`;
