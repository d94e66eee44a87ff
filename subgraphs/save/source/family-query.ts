// One query for any number of cases ($1 = zaaknummers): joins by lists of rows per case, newest first.

export const familyQuery = `
WITH gevraagd AS MATERIALIZED (SELECT * FROM zaak WHERE zaaknummer = ANY($1::text[])),
journaals AS (
  SELECT j.zaak_id, jsonb_agg(jsonb_build_object('dt', j.dt, 'soort_code', j.soort_code, 'tekst', j.tekst,
           'reg_dt', j.reg_dt, 'functie_code', m.functie_code) ORDER BY j.dt DESC, j.journaal_id DESC) AS lijst
    FROM journaal j JOIN gevraagd USING (zaak_id) LEFT JOIN mdw m ON m.mdw_id = j.reg_mdw GROUP BY 1),
plannen AS (
  SELECT DISTINCT ON (p.zaak_id) p.zaak_id,
         jsonb_build_object('status_code', p.status_code, 'kern_tekst', p.kern_tekst, 'veilig_kern', p.veilig_kern,
           'zicht_tekst', p.zicht_tekst, 'regie', r.naam, 'reg_dt', p.reg_dt, 'functie_code', m.functie_code,
           'regels', (SELECT jsonb_agg(jsonb_build_object('regel_type', pr.regel_type, 'tekst', pr.tekst)
                                       ORDER BY pr.regel_id)
                        FROM plan_regel pr WHERE pr.plan_id = p.plan_id AND pr.regel_type <> 'D')) AS nieuwste
    FROM plan p JOIN gevraagd USING (zaak_id)
    LEFT JOIN mdw r ON r.mdw_id = p.regie_mdw LEFT JOIN mdw m ON m.mdw_id = p.reg_mdw
   ORDER BY p.zaak_id, p.versie DESC),
signalen AS (
  SELECT s.zaak_id, jsonb_agg(jsonb_build_object('soort_code', s.soort_code, 'dt', s.dt, 'tekst', s.tekst,
           'uitkomst_tekst', s.uitkomst_tekst, 'reg_dt', s.reg_dt, 'functie_code', m.functie_code)
           ORDER BY s.dt DESC) AS lijst
    FROM signaal s JOIN gevraagd USING (zaak_id) LEFT JOIN mdw m ON m.mdw_id = s.reg_mdw GROUP BY 1),
melders AS (
  SELECT zb.zaak_id, jsonb_agg(jsonb_build_object('jzr_code', zb.jzr_code, 'naam', p.naam, 'tel', p.tel,
           'relatie_tekst', zb.relatie_tekst, 'anoniem_ind', zb.anoniem_ind, 'reg_dt', zb.reg_dt,
           'functie_code', m.functie_code) ORDER BY zb.volgnr) AS lijst
    FROM zaak_betrokkene zb JOIN gevraagd USING (zaak_id) JOIN persoon p USING (persoon_id)
    LEFT JOIN mdw m ON m.mdw_id = zb.reg_mdw WHERE zb.jzr_code IN ('391', '392') GROUP BY 1),
justitie AS (
  SELECT i.zaak_id, jsonb_agg(jsonb_build_object('soort_code', i.soort_code, 'dt', i.dt, 'tekst', i.tekst,
           'reg_dt', i.reg_dt, 'functie_code', m.functie_code) ORDER BY i.dt DESC) AS lijst
    FROM justitie_info i JOIN gevraagd USING (zaak_id) LEFT JOIN mdw m ON m.mdw_id = i.reg_mdw
   WHERE i.persoon_id IS NULL GROUP BY 1),
leefgebieden AS (
  SELECT l.zaak_id, jsonb_agg(jsonb_build_object('gebied_code', l.gebied_code, 'tekst', l.tekst,
           'reg_dt', l.reg_dt, 'functie_code', m.functie_code) ORDER BY l.reg_dt DESC) AS lijst
    FROM leefgebied l JOIN gevraagd USING (zaak_id) LEFT JOIN mdw m ON m.mdw_id = l.reg_mdw GROUP BY 1),
beschikkingen AS (
  SELECT zb.zaak_id, jsonb_agg(jsonb_build_object('soort_code', b.soort_code, 'nr', b.nr, 'dt_in', b.dt_in,
           'dt_uit', b.dt_uit, 'status_code', b.status_code, 'reg_dt', b.reg_dt, 'functie_code', m.functie_code)
           ORDER BY b.dt_in DESC, b.nr) AS lijst
    FROM zaak_betrokkene zb JOIN gevraagd USING (zaak_id) JOIN beschikking b USING (persoon_id)
    LEFT JOIN mdw m ON m.mdw_id = b.reg_mdw GROUP BY 1),
rapportages AS (
  SELECT r.zaak_id, jsonb_agg(jsonb_build_object('titel', r.titel, 'conclusie', r.conclusie, 'dt_af', r.dt_af,
           'status_code', r.status_code, 'reg_dt', r.reg_dt, 'functie_code', m.functie_code)
           ORDER BY r.reg_dt DESC) AS lijst
    FROM rapportage r JOIN gevraagd USING (zaak_id) LEFT JOIN mdw m ON m.mdw_id = r.reg_mdw GROUP BY 1)
SELECT z.zaaknummer AS case_reference, jsonb_build_object(
         'zaak', jsonb_build_object('type_code', z.type_code, 'dt_in', z.dt_in, 'dt_uit', z.dt_uit,
           'scheiding_ind', z.scheiding_ind, 'gezin_tekst', z.gezin_tekst, 'gezag_tekst', z.gezag_tekst,
           'contact_naam', c.naam, 'contact_tel', c.tel, 'reg_dt', z.reg_dt, 'functie_code', m.functie_code),
         'plan', p.nieuwste, 'journaal', j.lijst, 'signalen', s.lijst, 'melders', ml.lijst, 'justitie', ji.lijst,
         'leefgebieden', l.lijst, 'beschikkingen', b.lijst, 'rapportages', r.lijst,
         'afgeschermd', EXISTS (SELECT FROM zaak_betrokkene zb JOIN afgeschermd_verblijf USING (persoon_id)
                                 WHERE zb.zaak_id = z.zaak_id)) AS record
  FROM gevraagd z
  LEFT JOIN mdw c ON c.mdw_id = z.contact_mdw
  LEFT JOIN mdw m ON m.mdw_id = z.reg_mdw
  LEFT JOIN plannen p USING (zaak_id)
  LEFT JOIN journaals j USING (zaak_id)
  LEFT JOIN signalen s USING (zaak_id)
  LEFT JOIN melders ml USING (zaak_id)
  LEFT JOIN justitie ji USING (zaak_id)
  LEFT JOIN leefgebieden l USING (zaak_id)
  LEFT JOIN beschikkingen b USING (zaak_id)
  LEFT JOIN rapportages r USING (zaak_id)
`;
