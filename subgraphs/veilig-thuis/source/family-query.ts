// One query for any number of cases ($1 = dossiernummers): the document, with of its persons only their numbers.

export const familyQuery = `
SELECT m.dossiernummer AS case_reference,
       m.document - 'personen' - 'veiligheidsbeoordeling' || jsonb_build_object(
         'persoonnummers', jsonb_path_query_array(m.document, '$.personen[*].nr')
       ) AS record
  FROM meldingsdossier m
 WHERE m.dossiernummer = ANY($1::text[])
`;
