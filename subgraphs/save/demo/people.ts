// Who is in the cases of SAVE.

/** Reporters, informants and contact persons take part in a case too, but are nobody's subject. */
export const NO_SUBJECT = "('391', '392', '393')";

/** Oldest case first: whoever stands in several is known by the newest. */
export const identityQuery = `
SELECT z.zaaknummer || '/' || zb.volgnr AS person_number, p.bsn, z.zaaknummer AS case_reference, zb.volgnr AS number
  FROM zaak_betrokkene zb JOIN zaak z USING (zaak_id) JOIN persoon p USING (persoon_id)
 WHERE zb.jzr_code NOT IN ${NO_SUBJECT}
 ORDER BY z.dt_in, z.zaaknummer, zb.volgnr`;
