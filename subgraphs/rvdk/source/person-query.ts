// Who is in the cases, and one query for any number of persons ($1 = zaak/volgnummer). The record holds no BSN.

import { newestMessages } from "./newest-message";

const persons = (messages: string): string => `
  FROM ${messages} n
 CROSS JOIN LATERAL (
   SELECT true AS client, jsonb_path_query(n.object, '$.heeftAlsClient[*] ? (@.volgnummer.type() == "number")') AS p
   UNION ALL
   SELECT false, jsonb_path_query(n.object, '$.heeftAlsBelanghebbende[*] ? (@.volgnummer.type() == "number")')
 ) involved`;

const identityColumns = `n.zaak || '/' || (p->>'volgnummer') AS person_number, p #>> '{persoon,bsn}' AS bsn,
       n.zaak AS case_reference, (p->'volgnummer')::integer AS number`;

/** Oldest case first: whoever stands in several is known by the newest. */
export const identityQuery = `SELECT ${identityColumns} ${persons(newestMessages())} ORDER BY n.tijdstip, number`;

const about = (list: string): string =>
  `jsonb_path_query_array(n.object, '$.${list}[*] ? (@.volgnummer == $nr)',
                          jsonb_build_object('nr', p->'volgnummer'))`;

const asked = `z.zaakidentificatie = ANY(SELECT split_part(a, '/', 1) FROM unnest($1::text[]) AS a)`;

export const personQuery = `
SELECT ${identityColumns}, jsonb_build_object(
  'client', client,
  'betrokkene', p #- '{persoon,bsn}',
  'jdr', ${about("jdr")},
  'maatregelen', ${about("maatregelen")},
  'veiligheid', ${about("veiligheid")}
) AS record
${persons(newestMessages(asked))}
 WHERE n.zaak || '/' || (p->>'volgnummer') = ANY($1::text[])
`;
