// The query about the shop, done by hand: users and products, then the reviews of both with all that stands in them, then
// what is missing of every user and product that was met.

import type { Ask, ByHand } from "./by-hand";

type Json = Record<string, unknown>;

const USERS = "{ users { id username name } }";
const PRODUCTS = "{ topProducts { upc name price weight } }";
const INNER = "id body product { upc } ";
const MIDDLE = `reviews { id body author { id username reviews { ${INNER} } } }`;
const OF_USERS = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on User { reviews { id body product { upc ${MIDDLE} } } } } }`;
const OF_PRODUCTS = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product { ${MIDDLE} } } }`;
const NAMES = "query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { name } } }";
const GOODS =
  "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product { name price weight } } }";
const STOCK =
  "query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product { inStock shippingEstimate } } }";

/** Every user and product below a value, by its key. */
function meet(value: unknown, users: Map<string, Json[]>, products: Map<string, Json[]>): void {
  if (Array.isArray(value)) for (const one of value) meet(one, users, products);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const one = value as Json;
  if ("username" in one) note(users, String(one["id"]), one);
  if ("upc" in one) note(products, String(one["upc"]), one);
  for (const inner of Object.values(one)) meet(inner, users, products);
}

function note(met: Map<string, Json[]>, key: string, one: Json): void {
  const known = met.get(key);
  if (known) known.push(one);
  else met.set(key, [one]);
}

/** Asks about all of these at once, and puts what comes on each place where one stands. */
async function complete(
  ask: Ask,
  subgraph: string,
  query: string,
  of: readonly object[],
  met: Iterable<Json[]>,
) {
  const { _entities: found } = await ask(subgraph, query, { of });
  let index = 0;
  for (const places of met) {
    const given = (found as Json[])[index];
    index += 1;
    for (const place of places) Object.assign(place, given);
  }
}

const shop: ByHand = async (ask) => {
  const [{ users }, { topProducts }] = await Promise.all([ask("accounts", USERS), ask("products", PRODUCTS)]);
  const people = users as Json[];
  const goods = topProducts as Json[];
  await Promise.all([
    complete(
      ask,
      "reviews",
      OF_USERS,
      people.map(({ id }) => ({ __typename: "User", id })),
      people.map((one) => [one]),
    ),
    complete(
      ask,
      "reviews",
      OF_PRODUCTS,
      goods.map(({ upc }) => ({ __typename: "Product", upc })),
      goods.map((one) => [one]),
    ),
  ]);
  const data = { users, topProducts };
  const met = { users: new Map<string, Json[]>(), products: new Map<string, Json[]>() };
  meet(data, met.users, met.products);
  const upcs = [...met.products.keys()];
  const ids = [...met.users.keys()];
  const inStock = async (): Promise<void> => {
    await complete(
      ask,
      "products",
      GOODS,
      upcs.map((upc) => ({ __typename: "Product", upc })),
      met.products.values(),
    );
    const known = [...met.products].map(([upc, [one]]) => {
      return { __typename: "Product", upc, price: one?.["price"], weight: one?.["weight"] };
    });
    await complete(ask, "inventory", STOCK, known, met.products.values());
  };
  await Promise.all([
    inStock(),
    complete(
      ask,
      "accounts",
      NAMES,
      ids.map((id) => ({ __typename: "User", id })),
      met.users.values(),
    ),
  ]);
  return data;
};

/** By the name of the operation. */
export const shopByHand: Readonly<Record<string, ByHand>> = { Shop: shop };
