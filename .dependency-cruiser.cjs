// The layers: shared/kernel <- shared <- subgraphs, gateway <- test. test/contract/lint-rules.test.ts plants a
// violation of each rule and sees it caught.

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Files that import each other cannot be understood, tested or loaded one by one.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "not-to-unresolvable",
      comment: "An import must lead to a file or to an installed package.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "kernel-stands-alone",
      comment: "shared/kernel is what all else stands on.",
      severity: "error",
      from: { path: "^shared/kernel/" },
      to: { path: "^(gateway|subgraphs|test|scripts|shared/(?!kernel/))" },
    },
    {
      name: "shared-imports-no-user-of-it",
      comment: "What all share knows none of those that use it.",
      severity: "error",
      from: { path: "^shared/" },
      to: { path: "^(gateway|subgraphs|test|scripts)/" },
    },
    {
      name: "subgraphs-are-apart",
      comment: "An organisation's subgraph knows no other one: together they only meet in the supergraph.",
      severity: "error",
      from: { path: "^subgraphs/([^/]+)/" },
      to: { path: "^subgraphs/", pathNot: "^subgraphs/$1/" },
    },
    {
      name: "subgraphs-know-no-gateway",
      comment: "A subgraph answers to a grant, not to the gateway's code.",
      severity: "error",
      from: { path: "^subgraphs/" },
      to: { path: "^(gateway|test|scripts)/" },
    },
    {
      name: "gateway-knows-no-subgraph",
      comment: "The gateway knows the supergraph, never a subgraph's code.",
      severity: "error",
      from: { path: "^gateway/" },
      to: { path: "^(subgraphs|test|scripts)/" },
    },
    {
      name: "verifier-stands-alone",
      comment: "What verifies the access log shares no code with what writes it.",
      severity: "error",
      from: { path: "^shared/access-log/verify/" },
      to: { path: "^(gateway|subgraphs|test|scripts|shared)/", pathNot: "^shared/access-log/verify/" },
    },
    {
      name: "privacy-decides-on-facts-alone",
      comment: "gateway/privacy neither reads files, nor the network, nor a database, nor the request.",
      severity: "error",
      from: { path: "^gateway/privacy/" },
      to: { path: "(^|node_modules/)(pg|ioredis|graphql)(/|$)" },
    },
    {
      name: "privacy-needs-no-platform",
      comment: "gateway/privacy runs wherever JavaScript runs.",
      severity: "error",
      from: { path: "^gateway/privacy/" },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|\\.schakel)" },
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".json", ".mjs", ".cjs"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
