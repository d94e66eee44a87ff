// A case is what its newest message says; older ones stay in the table.

/** Subquery: the newest message of each case (columns zaak, object, tijdstip), of those that `filter` lets pass. */
export const newestMessages = (filter = "true"): string => `(
  SELECT DISTINCT ON (z.zaakidentificatie)
         z.zaakidentificatie AS zaak, z.bericht->'object' AS object, z.tijdstip
    FROM zaakbericht z
   WHERE ${filter}
   ORDER BY z.zaakidentificatie, z.tijdstip DESC)`;
