// Test projects: unit and contract need nothing but Node; the others start real parts.

const base = {
  testEnvironment: "node",
  transform: {
    "^.+\\.(t|j)s$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2022",
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false },
        },
        module: { type: "commonjs" },
      },
    ],
  },
  transformIgnorePatterns: ["/node_modules/(?!(jose|oidc-provider|openid-client|oauth4webapi)/)"],
  setupFiles: ["reflect-metadata"],
};

const project = (name, extra = {}) => ({
  ...base,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  ...extra,
});

/** For tests on real processes. */
const patient = { setupFilesAfterEnv: ["<rootDir>/test/kit/patience.ts"] };

module.exports = {
  projects: [
    // What a subgraph's folder says of itself is tested in the folder, where it has tests.
    project("unit", {
      testMatch: ["<rootDir>/test/unit/**/*.test.ts", "<rootDir>/subgraphs/*/test/**/*.test.ts"],
    }),
    project("rules"),
    project("contract"),
    project("integration", {
      ...patient,
      globalSetup: "<rootDir>/test/kit/database-setup.ts",
      globalTeardown: "<rootDir>/test/kit/database-teardown.ts",
    }),
    project("e2e", {
      ...patient,
      globalSetup: "<rootDir>/test/kit/hub-setup.ts",
      globalTeardown: "<rootDir>/test/kit/hub-teardown.ts",
    }),
    project("fault", patient),
  ],
};
