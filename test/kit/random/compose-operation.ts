// Composes a random query from a schema: nested subjects, aliases, fragments on types and interfaces, conditions,
// arguments. Whatever fields the schema has can come up.

import {
  getNamedType,
  GraphQLError,
  GraphQLInterfaceType,
  GraphQLObjectType,
  isLeafType,
  OverlappingFieldsCanBeMergedRule,
  parse,
  PossibleFragmentSpreadsRule,
  validate,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
} from "graphql";
import { ROOT_FIELDS } from "../../../gateway/federate/root-fields";
import { ID_FOR_ORACLE } from "../../oracle/expected-answer";
import type { Chance } from "./chance";
import { composeArguments, Variables, type KnownIds } from "./compose-arguments";

/** An operation that can be sent. */
export interface ComposedOperation {
  readonly query: string;
  readonly document: DocumentNode;
  readonly operationName: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

type Composite = GraphQLObjectType | GraphQLInterfaceType;

const OPERATION = "Random";
/** Fields of an operation that are about somebody; the door takes more, but then each operation takes long. */
const LEAST_FIELDS = 4;
const MOST_FIELDS = 50;
/** Tokens of an operation; the door takes 2000. */
const MOST_TOKENS = 1_900;
/** Nesting of fields; the door takes 15. */
const MOST_DEPTH = 11;
/** Times that an operation is composed anew because two of its parts do not go together. */
const MOST_ATTEMPTS = 25;

/** Names that mean something to the language or to the hub, and nothing as a response key. */
const ODD_KEYS = [
  "toString",
  "then",
  "hasOwnProperty",
  "length",
  "data",
  "errors",
  "g0",
  "_entities",
  "edges",
];

/** Fields through which the oracle knows whom it reaches; through any other a subject has to say its id. */
const KNOWN_WAYS = [
  "Query.family",
  "Query.caseload",
  "FamilyConnection.edges",
  "FamilyEdge.node",
  "Family.members",
  "Person.family",
  "Person.households",
  "Me.person",
];

/** How often fields come up, where that is not once. */
const WEIGHTS: Readonly<Record<string, number>> = {
  // What is about the log has its own tests; here it comes up beside the rest.
  ...Object.fromEntries(
    Object.entries(ROOT_FIELDS)
      .filter(([, { about }]) => about === "log" || about === "review" || about === "report")
      .map(([name]) => [name, 0.2]),
  ),
  "Query.family": 40,
  "Query.caseload": 5,
  "Family.members": 7,
  "Person.family": 2,
  "Me.person": 6,
  "Me.children": 6,
};
const WEIGHT_OF_DOSSIER = 4;
/** By way of themselves members of a family reach their own data and those of their children. */
const WEIGHT_OF_SELF = 80;
/** Of what the oracle knows the permission alone. */
const WEIGHT_OF_REGISTER = 0.5;

const isComposite = (type: unknown): type is Composite =>
  type instanceof GraphQLObjectType || type instanceof GraphQLInterfaceType;
const isSubject = (type: Composite): boolean => type.name === "Family" || type.name === "Person";
const isDossier = (type: Composite): boolean => type.name.endsWith("Dossier");

/** What an operation is composed from. */
export interface Composing {
  readonly schema: GraphQLSchema;
  readonly ids: KnownIds;
  /** Somebody of a family asks about themselves before anything else. */
  readonly asksForSelf: boolean;
}

/** Composes an operation that is valid; throws when chance brings none forth. */
export function composeOperation(chance: Chance, composing: Composing): ComposedOperation {
  const { schema } = composing;
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const { query, variables } = new Composer(chance.part(attempt), composing).compose();
    const document = parseWithin(query);
    if (!document) continue;
    if (validate(schema, document, CHANCE_CAN_BREAK).length === 0) {
      return { query, document, operationName: OPERATION, variables };
    }
  }
  throw new Error("No valid operation could be composed.");
}

/** The rules that chance can break; any other is kept by the way an operation is composed, and the door looks at all. */
const CHANCE_CAN_BREAK = [OverlappingFieldsCanBeMergedRule, PossibleFragmentSpreadsRule];

/** The document, unless it is longer than the door takes. */
function parseWithin(query: string): DocumentNode | undefined {
  try {
    return parse(query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError && error.message.includes("token")) return undefined;
    throw error;
  }
}

class Composer {
  readonly #chance: Chance;
  readonly #schema: GraphQLSchema;
  readonly #ids: KnownIds;
  readonly #asksForSelf: boolean;
  readonly #variables = new Variables();
  readonly #fragments = new Map<string, { readonly on: string; readonly body: string }>();
  readonly #borrowed = new Set<string>();
  #fieldsLeft: number;
  #aliases = 0;

  constructor(chance: Chance, { schema, ids, asksForSelf }: Composing) {
    this.#chance = chance;
    this.#schema = schema;
    this.#ids = ids;
    this.#asksForSelf = asksForSelf;
    this.#fieldsLeft = chance.whole(LEAST_FIELDS, MOST_FIELDS);
  }

  compose(): { query: string; variables: Record<string, unknown> } {
    const root = this.#schema.getQueryType();
    if (!root) throw new Error("The schema has no queries.");
    const body = this.#selectionSet(root, 0, true);
    const fragments = [...this.#fragments].map(
      ([name, { on, body: set }]) => `fragment ${name} on ${on} ${set}`,
    );
    const beside = this.#chance.percent(10) ? ["query Other { me { worker } }"] : [];
    const operation = `query ${OPERATION}${this.#variables.definitions} ${body}`;
    return {
      query: this.#chance.shuffled([operation, ...fragments, ...beside]).join("\n"),
      variables: this.#variables.values,
    };
  }

  /** `isKnown`: the oracle knows whose selection this is. */
  #selectionSet(type: Composite, depth: number, isKnown: boolean): string {
    const isAboutSomebody = isSubject(type) || isDossier(type);
    const count = isAboutSomebody ? this.#chance.whole(isSubject(type) ? 2 : 1, 6) : this.#chance.whole(1, 2);
    // Of an object something is always left: of one of which nothing is, Apollo Gateway may give nothing instead of `{}`.
    const selections = Array.from({ length: count }, (_, index) =>
      index === 0 && type.name !== "Query"
        ? this.#field(type, depth, "ALWAYS")
        : this.#selection(type, depth, isKnown),
    );
    const asked = isSubject(type) && !isKnown ? [`${ID_FOR_ORACLE}: id`, ...selections] : selections;
    return `{ ${this.#chance.shuffled(asked).join(" ")} }`;
  }

  #selection(type: Composite, depth: number, isKnown: boolean): string {
    const chance = this.#chance;
    const wrapped = chance.weighted([
      [80, "FIELD"],
      [9, "INLINE"],
      [9, "NAMED"],
      [type.name === "Query" ? 1 : 4, "TYPENAME"],
    ] as const);
    switch (wrapped) {
      case "FIELD":
        return this.#field(type, depth);
      case "INLINE": {
        const on = chance.pick([undefined, type, ...this.#alsoIs(type)]);
        const condition = on === undefined ? "" : ` on ${on.name}`;
        return `...${condition}${this.#condition()} ${this.#selectionSet(on ?? type, depth, isKnown)}`;
      }
      case "NAMED":
        return `...${this.#fragment(type, depth, isKnown)}${this.#condition()}`;
      case "TYPENAME":
        return chance.percent(50) ? "__typename" : `${this.#freshAlias()}: __typename`;
    }
  }

  /** The interfaces of a type, and of an interface the types that have it. */
  #alsoIs(type: Composite): Composite[] {
    const narrower = type instanceof GraphQLInterfaceType ? [...this.#schema.getPossibleTypes(type)] : [];
    return [...type.getInterfaces(), ...narrower];
  }

  /** One that is there already, or a new one. */
  #fragment(type: Composite, depth: number, isKnown: boolean): string {
    const possible = [type, ...type.getInterfaces()];
    const there = [...this.#fragments].filter(([, { on }]) => possible.some((one) => one.name === on));
    if (there.length > 0 && isKnown && depth < MOST_DEPTH / 2 && this.#chance.percent(40)) {
      return this.#chance.pick(there)[0];
    }
    const on = this.#chance.pick(possible);
    const body = this.#selectionSet(on, depth, isKnown);
    const name = `Part${this.#fragments.size}`;
    this.#fragments.set(name, { on: on.name, body });
    return name;
  }

  #field(type: Composite, depth: number, when: "ALWAYS" | "MAYBE" = "MAYBE"): string {
    const chance = this.#chance;
    if (isSubject(type) || isDossier(type)) this.#fieldsLeft -= 1;
    const fields = Object.values(type.getFields());
    const isOver = this.#fieldsLeft <= 0 || depth >= MOST_DEPTH;
    const leaves = fields.filter((one) => isLeafType(getNamedType(one.type)));
    const from = isOver && leaves.length > 0 ? leaves : fields;
    const field = chance.weighted(from.map((one) => [this.#weightOf(type, one), one] as const));
    const given = composeArguments(chance, field, isDossier(type), this.#ids, this.#variables);
    const inner = getNamedType(field.type);
    const way = `${type.name}.${field.name}`;
    const set = isComposite(inner)
      ? ` ${this.#selectionSet(inner, depth + 1, KNOWN_WAYS.includes(way))}`
      : "";
    return `${this.#aliasOf(type, given)}${field.name}${given}${when === "MAYBE" ? this.#condition() : ""}${set}`;
  }

  #weightOf(type: Composite, { name, type: given }: GraphQLField<unknown, unknown>): number {
    const inner = getNamedType(given);
    const known = WEIGHTS[`${type.name}.${name}`];
    if (known !== undefined) return known;
    if (this.#asksForSelf && type.name === "Query" && name === "me") return WEIGHT_OF_SELF;
    if (isComposite(inner) && isDossier(inner)) return WEIGHT_OF_DOSSIER;
    return isComposite(inner) && (isSubject(type) || type.name === "Query") ? WEIGHT_OF_REGISTER : 1;
  }

  #freshAlias(): string {
    this.#aliases += 1;
    return `a${this.#aliases}`;
  }

  /** A name that is used as another field's key; once in an operation, for two of them would seldom go together. */
  #once(name: string): string {
    if (this.#borrowed.has(name)) return "";
    this.#borrowed.add(name);
    return `${name}: `;
  }

  /** Under which key: with arguments mostly a new one, for two of them would not go together. */
  #aliasOf(type: Composite, given: string): string {
    const chance = this.#chance;
    if (given !== "" && chance.percent(90)) return `${this.#freshAlias()}: `;
    const others = Object.keys(type.getFields()).filter((one) => one !== "id");
    return chance.weighted<() => string>([
      [75, () => ""],
      [18, () => `${this.#freshAlias()}: `],
      // The name of another field, which may be of another category.
      [2, () => (others.length === 0 ? "" : this.#once(chance.pick(others)))],
      [1.5, () => this.#once(chance.pick(ODD_KEYS))],
    ])();
  }

  #condition(): string {
    const chance = this.#chance;
    if (!chance.percent(8)) return "";
    const value = chance.percent(65);
    const directive = value
      ? chance.pick(["@include", "@include", "@skip"])
      : chance.pick(["@skip", "@skip", "@include"]);
    const literal = String(value);
    const condition = chance.weighted([
      [2, () => literal],
      [4, () => this.#variables.add("Boolean!", value, undefined)],
      [2, () => this.#variables.add("Boolean!", value, literal)],
    ])();
    return ` ${directive}(if: ${condition})`;
  }
}
