// Who is in the lines of the William Schrikker Stichting.

/** Oldest case first: whoever stands in several is known by the newest, as far as case numbers go up. */
export const identityQuery = `
SELECT r.dossiernummer || '/' || r.volgnr AS person_number, lpad(nullif(r.bsn, ''), 9, '0') AS bsn,
       r.dossiernummer AS case_reference, r.volgnr::integer AS number
  FROM export_regel r
 WHERE r.volgnr ~ '^[0-9]{1,4}$'
 ORDER BY r.dossiernummer, number`;
