-- The case files of Veilig Thuis: one JSON document per case, the way the application keeps it.
-- What stands in a document: mapping/mapping.yaml.

CREATE TABLE meldingsdossier (
  dossiernummer text PRIMARY KEY,
  document      jsonb NOT NULL CHECK (jsonb_typeof(document) = 'object')
);
