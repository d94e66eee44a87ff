// What the contract says of fields: who gives them and of which category they are. Read from the schemas of the
// subgraphs, not from the supergraph that the gateway reads.

import { Kind, parse, type ObjectTypeDefinitionNode } from "graphql";
import { Category, isCode } from "../../shared/kernel/codes";
import type { Region } from "../../shared/region/region";
import type { HolderOfFiles } from "./world";

/** A field of a family, a person or a dossier. */
export interface ContractField {
  /** The subgraph that gives it. */
  readonly subgraph: string;
  /** Undefined for a field that is of no category: an id, a dossier as such. */
  readonly category: Category | undefined;
  readonly isDossier: boolean;
}

/** The types that verdicts are about. */
export const SUBJECTS = ["Family", "Person"] as const;
/** The hub, as holder of its registers. */
export const HUB: HolderOfFiles = { code: "hub", kind: "HUB", legalEntity: "hub" };

/** Reads the contract of a region; `sdlOf` gives the schema of a subgraph. */
export class Contract {
  readonly #fields = new Map<string, ContractField>();
  readonly #dossiers = new Set<string>();
  readonly #holders: ReadonlyMap<string, HolderOfFiles>;

  constructor(region: Region, sdlOf: (subgraph: string) => string) {
    this.#holders = new Map(region.organisations.map((one): [string, HolderOfFiles] => [one.code, one]));
    const subgraphs = [...region.organisations.map((one): string => one.code), ...region.hubSubgraphs];
    const types = subgraphs.flatMap((subgraph) =>
      parse(sdlOf(subgraph), { noLocation: true })
        .definitions.filter(
          (one): one is ObjectTypeDefinitionNode => one.kind === Kind.OBJECT_TYPE_DEFINITION,
        )
        .map((type) => ({ subgraph, type })),
    );
    for (const { type } of types) {
      const isDossier = (type.interfaces ?? []).some((one) => one.name.value.endsWith("Dossier"));
      if (isDossier) this.#dossiers.add(type.name.value);
    }
    for (const { subgraph, type } of types) this.#readType(subgraph, type);
  }

  #readType(subgraph: string, type: ObjectTypeDefinitionNode): void {
    const name = type.name.value;
    if (!this.#dossiers.has(name) && !SUBJECTS.some((one) => one === name)) return;
    for (const field of type.fields ?? []) {
      if (field.name.value === "id") continue;
      const argument = field.directives?.find((one) => one.name.value === "category")?.arguments?.[0]?.value;
      const category = argument?.kind === Kind.ENUM ? argument.value : undefined;
      const given = field.type.kind === Kind.NAMED_TYPE ? field.type.name.value : "";
      this.#fields.set(`${name}.${field.name.value}`, {
        subgraph,
        category: isCode(Category, category) ? category : undefined,
        isDossier: this.#dossiers.has(given),
      });
    }
  }

  /** A field of a family, a person or a dossier; undefined for an id and for `__typename`. */
  field(type: string, name: string): ContractField | undefined {
    return this.#fields.get(`${type}.${name}`);
  }

  /** Is this the type of a dossier? */
  isDossier(type: string): boolean {
    return this.#dossiers.has(type);
  }

  /** The category of a field in any organisation's dossier of a family or a person. */
  categoryInDossier(subjectType: string, name: string): Category | undefined {
    for (const type of this.#dossiers) {
      const category = type.endsWith(`${subjectType}Dossier`) ? this.field(type, name)?.category : undefined;
      if (category) return category;
    }
    return undefined;
  }

  /** Who holds what a subgraph gives. */
  holderOf(subgraph: string): HolderOfFiles {
    return this.#holders.get(subgraph) ?? HUB;
  }
}
