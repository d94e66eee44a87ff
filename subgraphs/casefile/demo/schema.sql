-- The case files of the package: one JSON document per case.
-- What stands in a document: mapping/mapping.yaml.

CREATE TABLE zaakdossier (
  dossiernummer text PRIMARY KEY,
  document      jsonb NOT NULL CHECK (jsonb_typeof(document) = 'object')
);
