// One query for any number of files ($1 = dossiernummers); every list newest first, of plans the newest alone, every row with
// its author's function.

export const familyQuery = `
SELECT h.dossiernummer AS case_reference, jsonb_build_object(
  'huishouden', (SELECT to_jsonb(r) FROM (
      SELECT h.samenstelling, NULLIF(h.ouders_gescheiden, 'O') AS ouders_gescheiden, h.gezag_toelichting,
             h.soort_hulp, h.aanvang, h.einde,
             c.naam AS contactpersoon, c.telefoon AS contacttelefoon, h.vastgelegd_op, m.functie) r),
  'plan', (SELECT to_jsonb(r) FROM (
      SELECT p.samenvatting, p.stand, cr.naam AS casusregisseur, p.vastgelegd_op, a.functie,
             (SELECT jsonb_agg(ga.tekst ORDER BY ga.volgorde)
                FROM gezinsplan_afspraken ga WHERE ga.plannummer = p.plannummer) AS afspraken
        FROM gezinsplannen p
        LEFT JOIN medewerkers cr ON cr.medewerkernummer = p.casusregisseur
        LEFT JOIN medewerkers a ON a.medewerkernummer = p.vastgelegd_door
       WHERE p.dossiernummer = h.dossiernummer
       ORDER BY p.vastgelegd_op DESC, p.plannummer DESC LIMIT 1) r),
  'contactnotities', (SELECT jsonb_agg(r ORDER BY r.datum DESC) FROM (
      SELECT n.datum, n.soort, n.tekst, n.vastgelegd_op, a.functie
        FROM contactnotities n LEFT JOIN medewerkers a ON a.medewerkernummer = n.vastgelegd_door
       WHERE n.dossiernummer = h.dossiernummer) r),
  'veiligheidsplan', (SELECT to_jsonb(r) FROM (
      SELECT p.samenvatting, p.zicht_op_veiligheid, p.vastgelegd_op, a.functie,
             (SELECT jsonb_agg(va.tekst ORDER BY va.volgorde)
                FROM veiligheidsafspraken va WHERE va.plannummer = p.plannummer) AS afspraken
        FROM veiligheidsplannen p LEFT JOIN medewerkers a ON a.medewerkernummer = p.vastgelegd_door
       WHERE p.dossiernummer = h.dossiernummer
       ORDER BY p.vastgelegd_op DESC, p.plannummer DESC LIMIT 1) r),
  'signalen', (SELECT jsonb_agg(r ORDER BY r.datum DESC) FROM (
      SELECT s.soort, s.datum, s.inhoud, s.uitkomst, s.vastgelegd_op, a.functie
        FROM signalen s LEFT JOIN medewerkers a ON a.medewerkernummer = s.vastgelegd_door
       WHERE s.dossiernummer = h.dossiernummer) r),
  'informanten', (SELECT jsonb_agg(r ORDER BY r.vastgelegd_op DESC) FROM (
      SELECT i.naam, i.relatie, i.telefoon, i.blijft_onbekend, i.vastgelegd_op, a.functie
        FROM informanten i JOIN signalen s USING (signaalnummer)
        LEFT JOIN medewerkers a ON a.medewerkernummer = i.vastgelegd_door
       WHERE s.dossiernummer = h.dossiernummer) r),
  'politiemeldingen', (SELECT jsonb_agg(r ORDER BY r.gebeurd_op DESC) FROM (
      SELECT p.soort, p.gebeurd_op, p.samenvatting, p.vastgelegd_op, a.functie
        FROM politiemeldingen p LEFT JOIN medewerkers a ON a.medewerkernummer = p.vastgelegd_door
       WHERE p.dossiernummer = h.dossiernummer AND p.clientnummer IS NULL) r),
  'leefsituatie', (SELECT to_jsonb(r) FROM (
      SELECT l.wonen, l.inkomen, l.schulden, l.vastgelegd_op, a.functie
        FROM leefsituaties l LEFT JOIN medewerkers a ON a.medewerkernummer = l.vastgelegd_door
       WHERE l.dossiernummer = h.dossiernummer) r),
  'maatregelen', (SELECT jsonb_agg(r ORDER BY r.van DESC) FROM (
      SELECT mr.soort, mr.beschikkingsnummer, mr.van, mr.tot, mr.stand, mr.vastgelegd_op, a.functie
        FROM maatregelen mr JOIN clienten k USING (clientnummer)
        LEFT JOIN medewerkers a ON a.medewerkernummer = mr.vastgelegd_door
       WHERE k.dossiernummer = h.dossiernummer) r)
) AS record
  FROM huishoudens h
  LEFT JOIN medewerkers c ON c.medewerkernummer = h.contactpersoon
  LEFT JOIN medewerkers m ON m.medewerkernummer = h.vastgelegd_door
 WHERE h.dossiernummer = ANY($1::text[])
`;
