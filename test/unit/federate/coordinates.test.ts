// What is kept of an operation: words of the contract alone, and all of those, whatever its writer chose.

import { buildSchema, getOperationAST, parse, validate } from "graphql";
import * as fc from "fast-check";
import { coordinatesOf } from "../../../gateway/federate/coordinates";

const SCHEMA = buildSchema(`
  enum Sort { NEWEST OLDEST }
  input Filter { text: String, sort: Sort, inner: Filter, tags: [String!] }
  interface Dossier { note(first: Int): String }
  type Plan { summary(sort: Sort, text: String): String, goals: [String!] }
  type Lokalis implements Dossier { note(first: Int): String, plan(filter: Filter): Plan }
  type Save implements Dossier { note(first: Int): String, plan(filter: Filter): Plan }
  type Family { id: ID!, lokalis: Lokalis, dossiers: [Dossier!] }
  type Query { family(id: ID!): Family, families(filter: Filter, sort: Sort): [Family!] }
`);

/** Everything that a writer chooses bears this mark, which is in no word of the contract. */
const MARK = "zz";
let made = 0;
const newName = (): string => `${MARK}${(made += 1)}`;

/** A part of a document, what else it needs, and what it uses of the contract. */
interface Part {
  readonly text: string;
  readonly uses: readonly string[];
  readonly variables: readonly string[];
  readonly fragments: readonly string[];
}
type AnyPart = fc.Arbitrary<Part>;

const part = (text: string, uses: readonly string[] = []): Part => ({
  text,
  uses,
  variables: [],
  fragments: [],
});
const join = (parts: readonly Part[], write: (texts: readonly string[]) => string): Part => ({
  text: write(parts.map(({ text }) => text)),
  uses: parts.flatMap(({ uses }) => uses),
  variables: parts.flatMap(({ variables }) => variables),
  fragments: parts.flatMap(({ fragments }) => fragments),
});

/** A citizen's number is refused before; here it would still have to be left out. */
const TEXT: AnyPart = fc
  .oneof(fc.string(), fc.constant("999990019"))
  .map((text) => part(JSON.stringify(`${MARK}${text}`)));
const NUMBER: AnyPart = fc.nat(100).map((number) => part(String(number)));
const SORT: AnyPart = fc.constantFrom("NEWEST", "OLDEST").map((value) => part(value, [`Sort.${value}`]));
const FILTER: AnyPart = fc.letrec<{ filter: Part }>((tie) => ({
  filter: fc
    .record(
      {
        text: TEXT,
        sort: SORT,
        inner: fc.oneof({ depthSize: "small" }, fc.constant(part("null")), tie("filter")),
        tags: fc.array(TEXT).map((parts) => join(parts, (texts) => `[${texts.join(", ")}]`)),
      },
      { requiredKeys: [] },
    )
    .map((fields) =>
      join(
        Object.entries(fields).map(([name, value]) => ({
          ...value,
          text: `${name}: ${value.text}`,
          uses: [`Filter.${name}`, ...value.uses],
        })),
        (texts) => `{${texts.join(", ")}}`,
      ),
    ),
})).filter;

/** A value that stands in the document, or a variable for it. */
const given = (type: string, literal: AnyPart): AnyPart =>
  fc.oneof(
    literal,
    fc.constant(type).map((): Part => {
      const name = newName();
      const uses = type === "Filter" || type === "Sort" ? [type] : [];
      return { ...part(`$${name}`, uses), variables: [`$${name}: ${type}`] };
    }),
  );

type Arguments = Readonly<Record<string, AnyPart>>;
const EVEN: AnyPart = fc.constant(part(""));
const CONDITION: AnyPart = fc.oneof(
  EVEN,
  fc.boolean().map((value) => part(` @include(if: ${value})`)),
);

/** A field under a name of its own, with any of its arguments. */
function field(coordinate: string, args: Arguments, below: AnyPart, needed: readonly string[] = []): AnyPart {
  const [, name = ""] = coordinate.split(".");
  return fc
    .tuple(fc.record(args, { requiredKeys: [...needed] }), CONDITION, below)
    .map(([chosen, condition, inner]) => {
      const parts = Object.entries(chosen).map(([argument, value]) => ({
        ...value,
        text: `${argument}: ${value.text}`,
        uses: [`${coordinate}(${argument}:)`, ...value.uses],
      }));
      const written = join(parts, (texts) => (texts.length > 0 ? `(${texts.join(", ")})` : ""));
      return join([part(`${newName()}: ${name}`, [coordinate]), written, condition, inner], (texts) =>
        texts.join(""),
      );
    });
}

const set = (...fields: readonly AnyPart[]): AnyPart =>
  fc
    .array(fc.oneof(...fields, fc.constant(part("__typename"))), { minLength: 1, maxLength: 4 })
    .map((parts) => join(parts, (texts) => ` { ${texts.join(" ")} }`));

/** The same selections in a fragment, with a name or without. */
const fragment = (type: string, below: AnyPart): AnyPart =>
  fc.oneof(
    below.map((inner) => join([part(`... on ${type}`, [type]), inner], (texts) => texts.join(""))),
    below.map((inner) => join([part("..."), inner], (texts) => texts.join(""))),
    below.map((inner): Part => {
      const name = newName();
      const fragments = [...inner.fragments, `fragment ${name} on ${type}${inner.text}`];
      return { ...inner, text: `...${name}`, uses: [type, ...inner.uses], fragments };
    }),
  );

const note = (type: string): AnyPart => field(`${type}.note`, { first: given("Int", NUMBER) }, EVEN);
const planSet = set(
  field("Plan.summary", { sort: given("Sort", SORT), text: given("String", TEXT) }, EVEN),
  field("Plan.goals", {}, EVEN),
);
const planOf = (type: string): AnyPart =>
  field(
    `${type}.plan`,
    { filter: given("Filter", FILTER) },
    fc.oneof(planSet, set(fragment("Plan", planSet))),
  );
const lokalisSet = set(note("Lokalis"), planOf("Lokalis"));
const dossierSet = set(note("Dossier"), fragment("Dossier", set(note("Dossier"))));
const saveInDossier = set(note("Save"), planOf("Save")).map((inner) =>
  join([part("... on Save", ["Save"]), inner], (texts) => texts.join("")),
);
const familySet = set(
  field("Family.id", {}, EVEN),
  field("Family.lokalis", {}, fc.oneof(lokalisSet, set(fragment("Lokalis", lokalisSet)))),
  field("Family.dossiers", {}, fc.oneof(dossierSet, set(saveInDossier))),
);
const querySet = set(
  field("Query.family", { id: given("ID!", TEXT) }, familySet, ["id"]),
  field("Query.families", { filter: given("Filter", FILTER), sort: given("Sort", SORT) }, familySet),
);

test("all that an operation uses of the contract is told, and nothing that its writer chose", () => {
  fc.assert(
    fc.property(querySet, ({ text, uses, variables, fragments }) => {
      const name = newName();
      const shared = newName();
      const declared = variables.length > 0 ? `(${variables.join(", ")})` : "";
      // Another operation of the same document is not what was asked.
      const other = `query ${newName()} { families(sort: OLDEST) { ...${shared} } }
        fragment ${shared} on Family { lokalis { plan { goals } } }`;
      const document = parse([`query ${name}${declared}${text}`, ...fragments, other].join("\n"));
      expect(validate(SCHEMA, document)).toEqual([]);
      const operation = getOperationAST(document, name);
      if (!operation) throw new Error("There is no such operation.");
      const told = coordinatesOf(document, operation, SCHEMA);
      expect([...told].toSorted()).toEqual([...new Set(uses)].toSorted());
      expect([...told].join(" ")).not.toContain(MARK);
    }),
  );
});
