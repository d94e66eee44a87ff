// Who is in the cases, and one query for any number of people ($1 = persoon_ids). The record holds no BSN.

/** Reporters, informants and contact persons take part in a case too, but are nobody's subject. */
const NO_SUBJECT = "('391', '392', '393')";

const identityColumns = `p.persoon_id::text AS person_number, p.bsn,
       z.zaaknummer AS case_reference, zb.volgnr AS number`;

export const identityQuery = `
SELECT ${identityColumns}
  FROM zaak_betrokkene zb JOIN zaak z USING (zaak_id) JOIN persoon p USING (persoon_id)
 WHERE zb.jzr_code NOT IN ${NO_SUBJECT}`;

const recorded = (alias: string): string => `'reg_dt', ${alias}.reg_dt, 'functie_code', m.functie_code`;
const by = (alias: string): string => `LEFT JOIN mdw m ON m.mdw_id = ${alias}.reg_mdw`;

export const personQuery = `
SELECT ${identityColumns}, jsonb_build_object(
  'persoon', (SELECT jsonb_build_object('naam', p.naam, 'geb_dt', p.geb_dt, 'verw_geb_dt', p.verw_geb_dt,
        'taal_code', p.taal_code, 'tel', p.tel,
        'adres', CASE WHEN av.persoon_id IS NULL THEN p.adres END, ${recorded("p")})
      FROM (SELECT 1) een ${by("p")}),
  'rol', (SELECT jsonb_build_object('jzr_code', zb.jzr_code, 'gezag_code', zb.gezag_code,
        'verblijf_code', zb.verblijf_code, ${recorded("zb")})
      FROM (SELECT 1) een ${by("zb")}),
  'afgeschermd', (SELECT jsonb_build_object('plek_code', av.plek_code, 'adres', av.adres, ${recorded("av")})
      FROM (SELECT 1) een ${by("av")} WHERE av.persoon_id IS NOT NULL),
  'doelen', (SELECT jsonb_agg(jsonb_build_object('tekst', pr.tekst, 'stand_code', pr.stand_code, ${recorded("pl")})
                              ORDER BY pl.versie DESC, pr.regel_id)
      FROM plan_regel pr JOIN plan pl USING (plan_id) ${by("pl")}
     WHERE pr.persoon_id = p.persoon_id AND pr.regel_type = 'D'),
  'taxaties', (SELECT jsonb_agg(jsonb_build_object('instrument_code', t.instrument_code, 'cijfer', t.cijfer,
        'kern_tekst', t.kern_tekst, 'dt', t.dt, ${recorded("t")}) ORDER BY t.dt DESC)
      FROM taxatie t ${by("t")} WHERE t.persoon_id = p.persoon_id),
  'kenmerken', (SELECT jsonb_agg(jsonb_build_object('gebied_code', k.gebied_code, 'kenmerk_code', k.kenmerk_code,
        'tekst', k.tekst, ${recorded("k")}) ORDER BY k.reg_dt DESC, k.kenmerk_id)
      FROM gezondheidskenmerk k ${by("k")} WHERE k.persoon_id = p.persoon_id),
  'justitie', (SELECT jsonb_agg(jsonb_build_object('soort_code', i.soort_code, 'dt', i.dt, 'tekst', i.tekst,
        ${recorded("i")}) ORDER BY i.dt DESC)
      FROM justitie_info i ${by("i")} WHERE i.persoon_id = p.persoon_id),
  'school', (SELECT jsonb_agg(jsonb_build_object('soort_code', s.soort_code, 'tekst', s.tekst, ${recorded("s")})
                              ORDER BY s.reg_dt DESC, s.gegeven_id)
      FROM schoolgegeven s ${by("s")} WHERE s.persoon_id = p.persoon_id),
  'beschikkingen', (SELECT jsonb_agg(jsonb_build_object('soort_code', b.soort_code, 'nr', b.nr, 'dt_in', b.dt_in,
        'dt_uit', b.dt_uit, 'status_code', b.status_code, ${recorded("b")}) ORDER BY b.dt_in DESC, b.nr)
      FROM beschikking b ${by("b")} WHERE b.persoon_id = p.persoon_id)
) AS record
  FROM persoon p
  JOIN LATERAL (SELECT * FROM zaak_betrokkene deel JOIN zaak USING (zaak_id)
                 WHERE deel.persoon_id = p.persoon_id AND deel.jzr_code NOT IN ${NO_SUBJECT}
                 ORDER BY zaak.dt_in DESC LIMIT 1) nieuwste ON true
  JOIN zaak_betrokkene zb ON zb.zaak_id = nieuwste.zaak_id AND zb.volgnr = nieuwste.volgnr
  JOIN zaak z ON z.zaak_id = zb.zaak_id
  LEFT JOIN afgeschermd_verblijf av ON av.persoon_id = p.persoon_id
 WHERE p.persoon_id = ANY($1::integer[])
`;
