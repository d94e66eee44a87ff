// Who is in the documents, and one query for any number of persons ($1 = dossiernummer/nr). The record holds the
// person's part of the document and the rest of it, without anybody's BSN.

import { caseWithoutPersons } from "./family-query";

const persons = `
  FROM zaakdossier z
 CROSS JOIN LATERAL jsonb_path_query(z.document, '$.personen[*] ? (@.nr.type() == "number")') AS p`;

const identityColumns = `z.dossiernummer || '/' || (p->>'nr') AS person_number, p->>'bsn' AS bsn,
       z.dossiernummer AS case_reference, (p->'nr')::integer AS number`;

/** Oldest case first: whoever stands in several is known by the newest. */
export const identityQuery = `SELECT ${identityColumns} ${persons} ORDER BY z.document #>> '{dossier,geopend}', number`;

export const personQuery = `
SELECT ${identityColumns},
       jsonb_build_object('case', ${caseWithoutPersons}, 'person', p - 'bsn') AS record
${persons}
 WHERE z.dossiernummer = ANY(SELECT regexp_replace(asked, '/[^/]*$', '') FROM unnest($1::text[]) AS asked)
   AND z.dossiernummer || '/' || (p->>'nr') = ANY($1::text[])
`;
