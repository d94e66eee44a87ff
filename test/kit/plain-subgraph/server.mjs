// A subgraph as an organisation could write it: plain JavaScript, `graphql` and `@apollo/subgraph`, and
// docs/connect-your-system.md beside it. Nothing of the hub's code. Faults can be planted in it, for the test of the
// conformance check.
//
//   node server.mjs <port> <name> <field> <schema file> <key set file> [fault ...]

import { createHash, createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { defaultFieldResolver, graphql, GraphQLError, isObjectType, parse } from "graphql";

const [port, name, field, schemaFile, keySetFile, ...faults] = process.argv.slice(2);
const has = (one) => faults.includes(one);

// --- the system of the organisation: two households, a third that it shields, and two persons -------------------------

const household = (key, day) => ({
  involvement: {
    organisation: has("another-holder") ? "somebody-else" : name,
    since: has("wrong-values") ? "12 March 2024" : day,
    contactName: has("citizens-number") ? "999990019" : "Loket",
  },
  household: has("holds-little") ? null : { organisation: name, composition: `Gezin ${key}` },
  shielded: key === "K-3",
});
const FAMILIES = new Map(
  ["K-1", "K-2", "K-3"].map((key, index) => [key, household(key, `2024-03-1${index}`)]),
);
const PERSONS = new Map(
  ["P-1", "P-2"].map((key) => [key, { identity: { organisation: name, name: `Persoon ${key}` } }]),
);

/** One question to the system for any number of keys. */
async function findAll(records, keys) {
  if (has("one-by-one")) await new Promise((resolve) => setTimeout(resolve, 30 * keys.length));
  return new Map(keys.flatMap((key) => (records.has(key) ? [[key, records.get(key)]] : [])));
}

// --- the grant -------------------------------------------------------------------------------------------------------

const keys = new Map(
  JSON.parse(readFileSync(keySetFile, "utf8")).keys.map((jwk) => [
    jwk.kid,
    createPublicKey({ key: jwk, format: "jwk" }),
  ]),
);
const seen = new Map();
const decode = (part) => JSON.parse(Buffer.from(part, "base64url").toString("utf8"));

class Refused extends Error {
  constructor(code) {
    super("The grant was refused.");
    this.code = code;
  }
}

function readGrant(token, query, variables) {
  if (has("no-grant-needed") && token === undefined) return { subjects: [] };
  if (typeof token !== "string") throw new Refused("GRANT_REQUIRED");
  const [header, payload, signature] = token.split(".");
  const { alg, typ, kid } = decode(header);
  const unsigned = has("takes-unsigned") && alg === "none";
  if (!unsigned && alg !== "EdDSA") throw new Refused("GRANT_INVALID");
  if (!has("any-type") && typ !== "schakel-grant+jwt") throw new Refused("GRANT_INVALID");
  const key = keys.get(kid);
  const signed =
    key && verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"));
  if (!signed && !unsigned && !has("any-signature")) throw new Refused("GRANT_INVALID");
  const { iss, aud, iat, exp, jti, request, grant } = decode(payload);
  const now = Date.now() / 1000;
  if (!has("any-issuer") && iss !== "schakel-gateway") throw new Refused("GRANT_INVALID");
  if (!has("any-audience") && aud !== (has("another-name") ? "another" : name))
    throw new Refused("GRANT_INVALID");
  if (!has("no-expiry") && exp < now) throw new Refused("GRANT_EXPIRED");
  if (!has("any-lifetime") && exp - iat > 59) throw new Refused("GRANT_INVALID");
  const digest = createHash("sha256")
    .update(JSON.stringify([query, variables]))
    .digest("base64url");
  if (!has("any-request") && request !== digest) throw new Refused("GRANT_INVALID");
  for (const [id, until] of seen) if (until < now) seen.delete(id);
  if (!has("takes-twice") && seen.has(jti)) throw new Refused("GRANT_REPLAYED");
  seen.set(jti, exp + 5);
  return grant;
}

// --- the schema ------------------------------------------------------------------------------------------------------

const sdl = readFileSync(schemaFile, "utf8");
const typeDefs = parse(sdl);
const refuse = (code, extensions = {}) =>
  new GraphQLError("This is not given.", { extensions: { code, ...extensions } });

const reference = (type) => ({
  __resolveReference: (one) => ({ __typename: type, id: one.id }),
  [field]: async ({ id }, _args, context) => {
    const subject = context.grant.subjects.find((one) => one.type === type && one.id === id);
    if (!subject && has("outside-subject")) return { ...FAMILIES.get("K-2"), categories: ["INVOLVEMENT"] };
    if (!subject && has("silent-outside")) return null;
    if (!subject) throw refuse("GRANT_INVALID");
    const record = (await context.find(type)).get(subject.key);
    if (!record && has("unknown-is-error")) throw refuse("NOT_FOUND");
    return record ? { ...record, categories: subject.categories } : null;
  },
});
const schema = buildSubgraphSchema({
  typeDefs,
  resolvers: { Family: reference("Family"), Person: reference("Person") },
});

/** All categories of the contract. */
const categories = schema.getType("Category").getValues().length;

/** Every field of a dossier gives its own category and no other. */
for (const type of Object.values(schema.getTypeMap())) {
  if (!isObjectType(type) || !type.getInterfaces().some((one) => one.name.endsWith("Dossier"))) continue;
  for (const one of Object.values(type.getFields())) {
    const category = one.astNode?.directives?.find((directive) => directive.name.value === "category")
      ?.arguments?.[0]?.value.value;
    one.resolve = (dossier, args, context, info) => {
      const asked = has("looks-at-aliases") ? info.path.key : one.name;
      const open = has("looks-at-aliases")
        ? asked === "involvement" || asked === "granted"
        : dossier.categories.includes(category);
      if (!open && has("silent-outside")) return null;
      if (!open && !has("outside-category")) throw refuse("GRANT_INVALID");
      if (dossier.shielded && category === "HOUSEHOLD") {
        throw refuse("SOURCE_REFUSED", has("veto-without-reason") ? {} : { reason: "SHIELDED_RECORD" });
      }
      return defaultFieldResolver(dossier, args, context, info);
    };
  }
}

// --- HTTP ------------------------------------------------------------------------------------------------------------

const RECORDS = { Family: FAMILIES, Person: PERSONS };

async function answer(body, method, address) {
  if (method === "GET" && has("answers-get")) {
    const query = new URL(address, "http://here").searchParams.get("query");
    return [200, await graphql({ schema, source: query, contextValue: { grant: { subjects: [] } } })];
  }
  if (method !== "POST") return [405, { errors: [{ message: "POST alone." }] }];
  let sent;
  try {
    sent = JSON.parse(body);
  } catch (error) {
    if (has("breaks-on-body")) throw error;
  }
  if (has("takes-lists") && Array.isArray(sent)) {
    return [200, await graphql({ schema, source: sent[0].query, contextValue: { grant: { subjects: [] } } })];
  }
  if (typeof sent?.query !== "string") return [400, { errors: [{ message: "No query." }] }];
  const { query, variables = {}, extensions = {} } = sent;
  let grant;
  try {
    grant = readGrant(extensions.grant, query, variables);
  } catch (error) {
    if (!(error instanceof Refused))
      return [401, { errors: [{ message: "No grant.", extensions: { code: "GRANT_INVALID" } }] }];
    return [401, { errors: [{ message: error.message, extensions: { code: error.code } }] }];
  }
  const isPart = grant.subjects.some((one) => one.categories.length < categories);
  if (isPart && has("breaks-on-a-part")) throw new Error("Everything or nothing.");
  if (isPart && has("refuses-a-part"))
    return [401, { errors: [{ message: "No grant.", extensions: { code: "GRANT_INVALID" } }] }];
  // All references of a question are looked up at once.
  const found = {};
  const find = (type) =>
    (found[type] ??= findAll(
      RECORDS[type],
      grant.subjects.filter((one) => one.type === type).map((one) => one.key),
    ));
  const result = await graphql({
    schema,
    source: query,
    variableValues: variables,
    contextValue: { grant, find },
  });
  if (has("another-order")) result.data?._entities?.reverse();
  if (result.data?._service) {
    const [before, after] = ["federation/v2.9", `federation/v${has("federation-to-come") ? "2.99" : "3.0"}`];
    if (has("federation-one")) result.data._service.sdl = sdl.replace(/^extend schema.*$/m, "");
    else if (has("federation-to-come") || has("federation-three"))
      result.data._service.sdl = sdl.replace(before, after);
  }
  const isRefused = result.errors?.some((one) => one.extensions.code === "GRANT_INVALID");
  if (isRefused && has("breaks-outside")) throw new Error("Not granted.");
  if (isRefused && has("drops-the-rest")) for (const entity of result.data._entities) entity[field] = null;
  const errors = result.errors?.map(({ message, path, extensions: more, stack }) => ({
    message: has("repeats-words") ? message : "This could not be answered.",
    path,
    extensions: {
      code: more.code ?? "QUERY_INVALID",
      ...(more.reason ? { reason: more.reason } : {}),
      ...(has("shows-stack") ? { stack } : {}),
    },
  }));
  return [
    200,
    { ...(result.data === undefined ? {} : { data: result.data }), ...(errors ? { errors } : {}) },
  ];
}

async function respond(body, request, response) {
  try {
    const [status, result] = await answer(body, request.method, request.url);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(has("no-json") ? "<p>Hello</p>" : JSON.stringify(result));
  } catch {
    response.writeHead(500).end('{"errors": [{"message": "It broke."}]}');
  }
}

createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    if (has("elsewhere")) {
      response.writeHead(404).end("nothing here");
      return;
    }
    void respond(body, request, response);
  });
}).listen(Number(port), "127.0.0.1", function listening() {
  process.stdout.write(`${this.address().port}\n`);
});
