// Who is in the dossiers of Veilig Thuis.

/** The persons of all dossiers: those without a number in theirs can be referred to by nobody. */
export const PERSONS = `meldingsdossier m
 CROSS JOIN LATERAL jsonb_path_query(m.document, '$.personen[*] ? (@.nr.type() == "number")') AS p`;

/** Oldest dossier first: whoever stands in several is known by the newest. */
export const identityQuery = `
SELECT m.dossiernummer || '/' || (p->>'nr') AS person_number, p->>'bsn' AS bsn,
       m.dossiernummer AS case_reference, (p->'nr')::integer AS number
  FROM ${PERSONS}
 ORDER BY m.document #>> '{casus,aangemaakt}', number`;
