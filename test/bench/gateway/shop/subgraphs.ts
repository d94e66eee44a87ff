// The four subgraphs of a shop, with fixed values: users review products, and each product and user knows its reviews.

import { composeServices } from "@apollo/composition";
import { parse, type GraphQLFieldResolver } from "graphql";
import { BenchError } from "../../kit/benchmark";
import { resolveField, type FixedContract } from "../../kit/fixed-source";

const USERS = 4;
const PRODUCTS = 5;
/** Products that each user reviews. */
const REVIEWED = 2;

const FEDERATED = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@provides", "@shareable"])`;

const CONTRACTS = {
  accounts: `
    type Query { me: User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: String }`,
  inventory: `
    type Product @key(fields: "upc") {
      upc: String!
      weight: Int @external
      price: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }`,
  products: `
    type Query { topProducts(first: Int = ${PRODUCTS}): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  reviews: `
    type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
} as const;
export type ShopSubgraph = keyof typeof CONTRACTS;
export const SHOP_SUBGRAPHS = Object.keys(CONTRACTS) as ShopSubgraph[];

const user = (number: number) => ({ id: `u${number % USERS}`, username: `user-${number % USERS}` });
const product = (number: number) => ({ upc: `p${number % PRODUCTS}` });
const reviews = Array.from({ length: USERS * REVIEWED }, (_, number) => ({
  id: `r${number}`,
  body: `What user ${Math.floor(number / REVIEWED)} thinks of a product, in some words.`,
  author: user(Math.floor(number / REVIEWED)),
  product: product(Math.floor(number / REVIEWED) + (number % REVIEWED)),
}));

const VALUES: Readonly<Record<string, (source: Readonly<Record<string, unknown>>) => unknown>> = {
  "Query.users": () => Array.from({ length: USERS }, (_, number) => user(number)),
  "Query.topProducts": () => Array.from({ length: PRODUCTS }, (_, number) => product(number)),
  "User.username": ({ id }) => `user-${String(id).slice(1)}`,
  "User.reviews": ({ id }) => reviews.filter((one) => one.author.id === id),
  "Product.reviews": ({ upc }) => reviews.filter((one) => one.product.upc === upc),
};

const resolve: GraphQLFieldResolver<unknown, unknown> = (source, args: object, context, info) => {
  const given = (source ?? {}) as Readonly<Record<string, unknown>>;
  const value = VALUES[`${info.parentType.name}.${info.fieldName}`];
  return value ? value(given) : resolveField({ id: given["upc"], ...given }, args, context, info);
};

/** What each subgraph serves. */
export const shopContracts = (): FixedContract[] =>
  SHOP_SUBGRAPHS.map((name) => ({ name, contract: `${FEDERATED} ${CONTRACTS[name]}`, resolve }));

/** Their supergraph, as composed by Apollo; addresses are put into it later. */
export function composeShop(): string {
  const services = shopContracts().map(({ name, contract }) => ({
    name,
    url: `http://${name}.invalid/graphql`,
    typeDefs: parse(contract),
  }));
  const { errors, supergraphSdl } = composeServices(services);
  if (supergraphSdl === undefined)
    throw new BenchError(`The shop does not compose: ${errors?.[0]?.message ?? ""}`);
  return supergraphSdl;
}
