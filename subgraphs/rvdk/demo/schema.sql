-- The messages that the Raad sends about its cases, kept as they were sent: a later one replaces an earlier one.
-- What stands in `bericht.object`: source/records.ts. Dates are written as in StUF: 20200831, with a time 20200831104500000.

CREATE TABLE zaakbericht (
  referentienummer  text PRIMARY KEY,
  zaakidentificatie text NOT NULL,
  tijdstip          text NOT NULL, -- tijdstipBericht; sorts as text
  bericht           jsonb NOT NULL CHECK (jsonb_typeof(bericht->'object') = 'object')
);
CREATE INDEX ON zaakbericht (zaakidentificatie, tijdstip DESC);
