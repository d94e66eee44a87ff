// Relay-style connections over lists that a dossier already holds.

import type { ClassType } from "type-graphql";
import { Directive, Field, Int, ObjectType } from "type-graphql";
import { SchakelError } from "../../kernel/errors";

@ObjectType({ description: "Where a page of a list ends." })
@Directive("@shareable")
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there is more after this page." })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: "Cursor of the last item of this page." })
  endCursor!: string | null;
}

/** What a connection looks like to code. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** Most items that one page may ask for. */
export const PAGE_LIMIT = 100;
/** Items on a page when nothing is asked. */
export const PAGE_DEFAULT = 20;

/** Makes the GraphQL types `<name>Edge` and `<name>Connection` for an item type. */
export function connectionType<T extends object>(
  name: string,
  item: () => ClassType<T>,
): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`, { description: `One ${name} in a list.` })
  @Directive("@shareable")
  class Edge {
    @Field(() => String, { description: "Cursor of this item." })
    cursor!: string;

    @Field(item, { description: "The item." })
    node!: T;
  }
  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  @Directive("@shareable")
  class ConnectionOf implements Connection<T> {
    @Field(() => [Edge], { description: "The items of this page." })
    edges!: Edge[];

    @Field(() => PageInfo, { description: "Where this page ends." })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: "Number of items in the whole list." })
    totalCount!: number;
  }
  return ConnectionOf;
}

const cursorOf = (index: number): string => Buffer.from(`i:${index}`).toString("base64url");

/**
 * One page of a list: `first` items (1 to PAGE_LIMIT) after the cursor `after`.
 * Throws INPUT_INVALID for another number or a cursor that is not of this list.
 */
export function pageOf<T>(items: readonly T[], first: number, after?: string | null): Connection<T> {
  if (!Number.isInteger(first) || first < 1 || first > PAGE_LIMIT) {
    throw new SchakelError("INPUT_INVALID", {
      argument: "first",
      expected: `a whole number from 1 to ${PAGE_LIMIT}`,
    });
  }
  const start = after == null ? 0 : items.findIndex((_, index) => cursorOf(index) === after) + 1;
  if (after != null && start === 0)
    throw new SchakelError("INPUT_INVALID", { argument: "after", expected: "a cursor of this list" });
  const edges = items
    .slice(start, start + first)
    .map((node, offset) => ({ cursor: cursorOf(start + offset), node }));
  return {
    edges,
    pageInfo: { hasNextPage: start + edges.length < items.length, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: items.length,
  };
}
