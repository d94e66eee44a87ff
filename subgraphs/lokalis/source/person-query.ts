// Who is in the system, and one query for any number of clients ($1 = clientnummers). The record holds no BSN.

const identityColumns = `k.clientnummer::text AS person_number, k.bsn,
       k.dossiernummer AS case_reference, k.volgnummer AS number`;

export const identityQuery = `SELECT ${identityColumns} FROM clienten k`;

export const personQuery = `
SELECT ${identityColumns}, jsonb_build_object(
  'client', (SELECT to_jsonb(r) FROM (
      SELECT k.voornaam, k.tussenvoegsel, k.achternaam, k.geboortedatum, k.uitgerekende_datum, k.taal, k.telefoon,
             k.adres, k.rol, k.gezag, k.woont_bij, k.vastgelegd_op, m.functie) r),
  'doelen', (SELECT jsonb_agg(r ORDER BY r.doelnummer) FROM (
      SELECT d.doelnummer, d.tekst, d.stand, d.vastgelegd_op, a.functie
        FROM doelen d LEFT JOIN medewerkers a ON a.medewerkernummer = d.vastgelegd_door
       WHERE d.clientnummer = k.clientnummer) r),
  'veiligheidscijfers', (SELECT jsonb_agg(r ORDER BY r.datum DESC) FROM (
      SELECT v.cijfer, v.toelichting, v.datum, v.vastgelegd_op, a.functie
        FROM veiligheidscijfers v LEFT JOIN medewerkers a ON a.medewerkernummer = v.vastgelegd_door
       WHERE v.clientnummer = k.clientnummer) r),
  'gezondheid', (SELECT to_jsonb(r) FROM (
      SELECT g.samenvatting, g.diagnoses, g.vastgelegd_op, a.functie
        FROM gezondheid g LEFT JOIN medewerkers a ON a.medewerkernummer = g.vastgelegd_door
       WHERE g.clientnummer = k.clientnummer) r),
  'politiemeldingen', (SELECT jsonb_agg(r ORDER BY r.gebeurd_op DESC) FROM (
      SELECT p.soort, p.gebeurd_op, p.samenvatting, p.vastgelegd_op, a.functie
        FROM politiemeldingen p LEFT JOIN medewerkers a ON a.medewerkernummer = p.vastgelegd_door
       WHERE p.clientnummer = k.clientnummer) r),
  'onderwijs', (SELECT to_jsonb(r) FROM (
      SELECT o.school, o.verzuim, o.ondersteuning, o.vastgelegd_op, a.functie
        FROM onderwijs o LEFT JOIN medewerkers a ON a.medewerkernummer = o.vastgelegd_door
       WHERE o.clientnummer = k.clientnummer) r),
  'maatregelen', (SELECT jsonb_agg(r ORDER BY r.van DESC) FROM (
      SELECT mr.soort, mr.beschikkingsnummer, mr.van, mr.tot, mr.stand, mr.vastgelegd_op, a.functie
        FROM maatregelen mr LEFT JOIN medewerkers a ON a.medewerkernummer = mr.vastgelegd_door
       WHERE mr.clientnummer = k.clientnummer) r)
) AS record
  FROM clienten k
  LEFT JOIN medewerkers m ON m.medewerkernummer = k.vastgelegd_door
 WHERE k.clientnummer = ANY($1::integer[])
`;
