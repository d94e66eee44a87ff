// Who is in the export, and one query for any number of persons ($1 = dossiernummer/volgnr). The record holds no BSN.

const lines = `
  FROM export_regel r
 WHERE r.volgnr ~ '^[0-9]{1,4}$'`;

/** The export drops leading zeros of a BSN. */
const identityColumns = `r.dossiernummer || '/' || r.volgnr AS person_number, lpad(nullif(r.bsn, ''), 9, '0') AS bsn,
       r.dossiernummer AS case_reference, r.volgnr::integer AS number`;

/** Oldest case first: whoever stands in several is known by the newest, as far as case numbers go up. */
export const identityQuery = `SELECT ${identityColumns} ${lines} ORDER BY r.dossiernummer, number`;

export const personQuery = `
SELECT ${identityColumns}, to_jsonb(r) - 'bsn' AS record
${lines}
   AND (r.dossiernummer, r.volgnr) IN (
         SELECT split_part(asked, '/', 1), split_part(asked, '/', 2) FROM unnest($1::text[]) AS asked)
`;
