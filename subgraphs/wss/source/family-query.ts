// One query for any number of cases ($1 = dossiernummers): all lines of each, by their number, without BSN.

export const familyQuery = `
SELECT r.dossiernummer AS case_reference, jsonb_agg(to_jsonb(r) - 'bsn' ORDER BY length(r.volgnr), r.volgnr) AS record
  FROM export_regel r
 WHERE r.dossiernummer = ANY($1::text[])
 GROUP BY r.dossiernummer
`;
