// One query for any number of cases ($1 = zaakidentificaties): the object of the newest message, of its persons only numbers.

import { newestMessages } from "./newest-message";

export const familyQuery = `
SELECT n.zaak AS case_reference,
       n.object - 'heeftAlsClient' - 'heeftAlsBelanghebbende' - 'veiligheid' || jsonb_build_object(
         'volgnummers', jsonb_path_query_array(n.object, '$.heeftAlsClient[*].volgnummer')
                     || jsonb_path_query_array(n.object, '$.heeftAlsBelanghebbende[*].volgnummer')
       ) AS record
  FROM ${newestMessages("z.zaakidentificatie = ANY($1::text[])")} n
`;
