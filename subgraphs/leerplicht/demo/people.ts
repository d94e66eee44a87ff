// Who is in the cases of Leerplicht Utrecht.

/** Oldest case first: whoever stands in several is known by the newest, as far as case numbers go up. */
export const identityQuery = `
SELECT id AS person_number, bsn, nummer AS case_reference, volgnr AS number
  FROM betrokkene
 ORDER BY nummer, volgnr`;
