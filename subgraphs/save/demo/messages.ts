// The questions to the tables of SAVE's case management, answered in the form of its messages.

import { NO_SUBJECT } from "./people";

const author = (row: string): string => `(SELECT m.functie_code FROM mdw m WHERE m.mdw_id = ${row}.reg_mdw)`;
const registration = (row: string): string =>
  `'registratie', jsonb_build_object('datum', ${row}.reg_dt, 'functie', ${author(row)})`;
const yesOrNo = (column: string): string => `CASE ${column} WHEN true THEN 'J' WHEN false THEN 'N' END`;

/** Rows of a table as parts of a message. */
const rows = (fields: string, row: string, from: string, order: string): string =>
  `(SELECT jsonb_agg(jsonb_build_object(${fields}, ${registration(row)}) ORDER BY ${order}) FROM ${from})`;

/** Rows that make one part together; the newest of them tells who registered it. */
const group = (name: string, fields: string, row: string, from: string, order: string): string =>
  `(SELECT jsonb_build_object('${name}', jsonb_agg(jsonb_build_object(${fields}) ORDER BY ${order}), 'registratie',
           (array_agg(jsonb_build_object('datum', ${row}.reg_dt, 'functie', ${author(row)}) ORDER BY ${order}))[1])
      FROM ${from} HAVING count(*) > 0)`;

const lines = (type: string): string =>
  `(SELECT jsonb_agg(r.tekst ORDER BY r.regel_id) FROM plan_regel r WHERE r.plan_id = pl.plan_id AND r.regel_type = '${type}')`;

const newestPlan = `(SELECT jsonb_build_object('stand', pl.status_code, 'kern', pl.kern_tekst,
    'regie', (SELECT m.naam FROM mdw m WHERE m.mdw_id = pl.regie_mdw), 'afspraak', ${lines("A")},
    'veiligheid', CASE WHEN coalesce(pl.veilig_kern, pl.zicht_tekst) IS NOT NULL OR ${lines("V")} IS NOT NULL
      THEN jsonb_build_object('kern', pl.veilig_kern, 'zicht', pl.zicht_tekst, 'afspraak', ${lines("V")}) END,
    ${registration("pl")})
  FROM plan pl WHERE pl.zaak_id = z.zaak_id ORDER BY pl.versie DESC LIMIT 1)`;

const domain = (code: string): string =>
  `(SELECT l.tekst FROM leefgebied l WHERE l.zaak_id = z.zaak_id AND l.gebied_code = '${code}')`;

const justice = (condition: string): string =>
  rows(
    "'datum', i.dt, 'soort', i.soort_code, 'tekst', i.tekst",
    "i",
    `justitie_info i WHERE ${condition}`,
    "i.dt DESC",
  );

const participant = `jsonb_build_object(
  'volgnummer', zb.volgnr, 'bsn', p.bsn, 'rol', zb.jzr_code, 'gezag', zb.gezag_code, 'verblijf', zb.verblijf_code,
  ${registration("zb")},
  'persoon', jsonb_build_object('naam', p.naam, 'geboren', p.geb_dt, 'uitgerekend', p.verw_geb_dt,
    'taal', p.taal_code, 'telefoon', p.tel, 'adres', p.adres, ${registration("p")}),
  'afgeschermdVerblijf', (SELECT jsonb_build_object('plek', av.plek_code, 'adres', av.adres, ${registration("av")})
    FROM afgeschermd_verblijf av WHERE av.persoon_id = p.persoon_id),
  'doel', ${rows(
    "'tekst', r.tekst, 'stand', r.stand_code",
    "pl",
    "plan_regel r JOIN plan pl USING (plan_id) WHERE r.persoon_id = p.persoon_id AND r.regel_type = 'D'",
    "pl.versie DESC, r.regel_id",
  )},
  'taxatie', ${rows(
    "'instrument', t.instrument_code, 'cijfer', t.cijfer, 'kern', t.kern_tekst, 'datum', t.dt",
    "t",
    "taxatie t WHERE t.persoon_id = p.persoon_id",
    "t.dt DESC",
  )},
  'gezondheid', ${group(
    "kenmerk",
    "'gebied', k.gebied_code, 'kenmerk', k.kenmerk_code, 'tekst', k.tekst",
    "k",
    "gezondheidskenmerk k WHERE k.persoon_id = p.persoon_id",
    "k.reg_dt DESC, k.kenmerk_id",
  )},
  'justitie', ${justice("i.persoon_id = p.persoon_id")},
  'onderwijs', ${group(
    "gegeven",
    "'soort', s.soort_code, 'tekst', s.tekst",
    "s",
    "schoolgegeven s WHERE s.persoon_id = p.persoon_id",
    "s.reg_dt DESC, s.gegeven_id",
  )},
  'beschikking', ${rows(
    "'soort', b.soort_code, 'nummer', b.nr, 'begin', b.dt_in, 'einde', b.dt_uit, 'stand', b.status_code",
    "b",
    "beschikking b WHERE b.persoon_id = p.persoon_id",
    "b.dt_in DESC, b.nr",
  )})`;

/** $1 = numbers of cases; one row per known case. */
export const caseMessages = `
SELECT jsonb_build_object(
  'nummer', z.zaaknummer, 'soort', z.type_code, 'begin', z.dt_in, 'einde', z.dt_uit,
  'gescheiden', CASE z.scheiding_ind WHEN '1' THEN 'J' WHEN '0' THEN 'N' END,
  'gezin', z.gezin_tekst, 'gezag', z.gezag_tekst,
  'contact', (SELECT jsonb_build_object('naam', c.naam, 'telefoon', c.tel) FROM mdw c WHERE c.mdw_id = z.contact_mdw),
  ${registration("z")},
  'plan', ${newestPlan},
  'journaal', ${rows(
    "'datum', j.dt, 'soort', j.soort_code, 'tekst', j.tekst",
    "j",
    "journaal j WHERE j.zaak_id = z.zaak_id",
    "j.dt DESC, j.journaal_id DESC",
  )},
  'signaal', ${rows(
    "'datum', s.dt, 'soort', s.soort_code, 'tekst', s.tekst, 'uitkomst', s.uitkomst_tekst",
    "s",
    "signaal s WHERE s.zaak_id = z.zaak_id",
    "s.dt DESC",
  )},
  'melder', ${rows(
    `'rol', zb.jzr_code, 'naam', p.naam, 'telefoon', p.tel, 'relatie', zb.relatie_tekst, 'anoniem', ${yesOrNo("zb.anoniem_ind")}`,
    "zb",
    "zaak_betrokkene zb JOIN persoon p USING (persoon_id) WHERE zb.zaak_id = z.zaak_id AND zb.jzr_code IN ('391', '392')",
    "zb.volgnr",
  )},
  'justitie', ${justice("i.zaak_id = z.zaak_id AND i.persoon_id IS NULL")},
  'leefgebieden', (SELECT jsonb_build_object('financien', ${domain("01")}, 'werk', ${domain("04")},
      'wonen', ${domain("06")}, ${registration("l")})
    FROM leefgebied l WHERE l.zaak_id = z.zaak_id ORDER BY l.reg_dt DESC LIMIT 1),
  'rapportage', ${rows(
    "'titel', r.titel, 'conclusie', r.conclusie, 'afgerond', r.dt_af, 'stand', r.status_code",
    "r",
    "rapportage r WHERE r.zaak_id = z.zaak_id",
    "r.reg_dt DESC",
  )},
  'betrokkene', (SELECT jsonb_agg(${participant} ORDER BY zb.volgnr)
    FROM zaak_betrokkene zb JOIN persoon p USING (persoon_id)
   WHERE zb.zaak_id = z.zaak_id AND zb.jzr_code NOT IN ${NO_SUBJECT})) AS message
  FROM zaak z WHERE z.zaaknummer = ANY ($1::text[]) ORDER BY z.zaaknummer`;

/** $1 = where the part before ended, $2 = how many at most; oldest case first. */
export const participantMessages = `
SELECT jsonb_build_object('zaaknummer', zaaknummer, 'volgnummer', volgnr, 'bsn', bsn) AS message, plaats
  FROM (SELECT z.zaaknummer, zb.volgnr, p.bsn, concat_ws('_', z.dt_in, z.zaaknummer, lpad(zb.volgnr::text, 6, '0')) AS plaats
          FROM zaak_betrokkene zb JOIN zaak z USING (zaak_id) JOIN persoon p USING (persoon_id)
         WHERE zb.jzr_code NOT IN ${NO_SUBJECT}) deelname
 WHERE plaats > $1 ORDER BY plaats LIMIT $2`;
