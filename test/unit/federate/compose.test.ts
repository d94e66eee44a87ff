import { CompositionError } from "../../../gateway/federate/compose";
import { indexSchema } from "../../../gateway/federate/schema-index";
import { FAMILIES_SDL, LOKALIS_SDL, smallSupergraph } from "../../kit/small-supergraph";

/** The faults that composition finds with one schema changed. */
function faultsOf(sdl: { families?: string; lokalis?: string }): readonly string[] {
  try {
    smallSupergraph(sdl);
  } catch (error) {
    if (error instanceof CompositionError) return error.faults;
    return [(error as Error).message];
  }
  return [];
}

describe("composing a supergraph", () => {
  test("gives each field its category and its owner", () => {
    const index = indexSchema(smallSupergraph());
    expect(index.dossiers.get("LokalisFamilyDossier")).toBe("lokalis");
    expect(index.fields.get("LokalisFamilyDossier")?.get("safety")?.category).toBe("SAFETY");
    expect(index.fields.get("Family")?.get("members")?.sources).toEqual(["families"]);
    expect(index.fields.get("Family")?.get("lokalis")?.sources).toEqual(["lokalis"]);
    expect(index.interfaces.get("LokalisFamilyDossier")?.has("FamilyDossier")).toBe(true);
  });

  test.each([
    [
      "a dossier field without a category",
      { lokalis: LOKALIS_SDL.replaceAll("safety: String @category(of: SAFETY)", "safety: String") },
      "LokalisFamilyDossier.safety: has no @category",
    ],
    [
      "a categorised field that cannot be null",
      { lokalis: LOKALIS_SDL.replaceAll("safety: String @", "safety: String! @") },
      "LokalisFamilyDossier.safety: must be nullable",
    ],
    [
      "a field of a person without a category",
      { families: FAMILIES_SDL.replace("role: String @category(of: HOUSEHOLD)", "role: String") },
      "Person.role: has no @category",
    ],
    [
      "a root field of an organisation",
      { lokalis: `${LOKALIS_SDL} type Query { lokalisFamilies: [Family!] }` },
      "an organisation has no root fields",
    ],
    [
      "a root field of which nobody said whom it is about",
      { families: FAMILIES_SDL.replace("type Query {", "type Query { everyone: [Person!]") },
      "Query.everyone: nobody has said whom it is about",
    ],
    [
      "a dossier that does not stand behind a nullable field",
      { lokalis: LOKALIS_SDL.replace("lokalis: LokalisFamilyDossier", "lokalis: LokalisFamilyDossier!") },
      "Family.lokalis: must be nullable",
    ],
    [
      "a field that requires another one",
      {
        lokalis: LOKALIS_SDL.replace(
          "type Person @key",
          'type Person @key(fields: "id") { role: String @external  seen: String @requires(fields: "role") @category(of: SAFETY) } extend type Person @key',
        ).replace(
          'extend type Person @key(fields: "id") { id: ID!  lokalis',
          "extend type Person { id: ID!  lokalis",
        ),
      },
      "@requires is not accepted",
    ],
  ])("refuses %s", (_what, sdl, fault) => {
    expect(faultsOf(sdl).join("\n")).toContain(fault);
  });
});
