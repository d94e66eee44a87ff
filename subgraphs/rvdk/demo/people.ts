// Who is in the cases of the Raad.

/** Oldest message first: whoever stands in several cases is known by the one with the newest. */
export const identityQuery = `
SELECT n.zaak || '/' || (p->>'volgnummer') AS person_number, p #>> '{persoon,bsn}' AS bsn,
       n.zaak AS case_reference, (p->'volgnummer')::integer AS number
  FROM (SELECT DISTINCT ON (z.zaakidentificatie)
               z.zaakidentificatie AS zaak, z.bericht->'object' AS object, z.tijdstip
          FROM zaakbericht z
         ORDER BY z.zaakidentificatie, z.tijdstip DESC) n
 CROSS JOIN LATERAL (
   SELECT jsonb_path_query(n.object, '$.heeftAlsClient[*] ? (@.volgnummer.type() == "number")')
    UNION ALL
   SELECT jsonb_path_query(n.object, '$.heeftAlsBelanghebbende[*] ? (@.volgnummer.type() == "number")')
 ) AS involved(p)
 ORDER BY n.tijdstip, number`;
