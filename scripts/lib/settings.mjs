// What can be set, for `npm start -- --help`; a test compares it with what the programs read.

import { DOOR_SETTINGS } from "./door-settings.mjs";
import { SOURCE_SETTINGS } from "./source-settings.mjs";

/** Every setting of `npm start`: an environment variable, its default, and what it means. */
export const SETTINGS = [
  {
    name: "SCHAKEL_PORT",
    default: "4000",
    meaning:
      "Port of the gateway; all other ports are counted from it (to +7, and two more for each organisation).",
  },
  { name: "SCHAKEL_HOST", default: "127.0.0.1", meaning: "Address that everything listens on." },
  {
    name: "SCHAKEL_DATA_DIR",
    default: ".schakel",
    meaning:
      "Folder of the embedded PostgreSQL, keys, logs; nothing is written outside it. Of another region: .schakel-<region>.",
  },
  {
    name: "SCHAKEL_KEYS_DIR",
    default: "<data dir>/keys",
    meaning: "Folder of the keys, when they are kept elsewhere.",
  },
  {
    name: "SCHAKEL_CHECKPOINTS_DIR",
    default: "<data dir>/checkpoints",
    meaning: "Folder in which organisations keep their copy of the checkpoints of the access log.",
  },
  {
    name: "SCHAKEL_DELIVERIES_DIR",
    default: "<data dir>/deliveries",
    meaning: "Folder in which organisations write down what left their source.",
  },
  {
    name: "SCHAKEL_REGION",
    default: "utrecht",
    meaning: "Region: which organisations take part; or the path of a region file (.json).",
  },
  {
    name: "SCHAKEL_LOG_LEVEL",
    default: "info",
    meaning: "debug, info, warn, error or silent; for the log files of the services.",
  },
  {
    name: "SCHAKEL_ISSUER_URL",
    default: "http://127.0.0.1:<the port after those of the subgraphs>",
    meaning: "Base of the token issuers; when set, no demo issuer is started.",
  },
  {
    name: "SCHAKEL_ISSUERS_FILE",
    default: "none: those of the region file, or else below SCHAKEL_ISSUER_URL",
    meaning:
      "File with the issuer of each organisation, as docs/signing-in.md says; no demo issuer is started.",
  },
  {
    name: "SCHAKEL_SIGN_OUT_URL",
    default: "http://127.0.0.1:<port>/sign-out",
    meaning: "Where the demo issuers tell a gateway that a session has ended.",
  },
  {
    name: "SCHAKEL_ORGANISATION",
    default: "none",
    meaning: "Of the process of a subgraph that more than one organisation runs: which of them it serves.",
  },
  {
    name: "SCHAKEL_SUBGRAPH_URL_<NAME>",
    default: "http://127.0.0.1:<port + 1 ..>",
    meaning: "Where a subgraph runs (such as ..._VEILIG_THUIS), when it is not started here.",
  },
  {
    name: "SCHAKEL_OPERATOR_TOKEN",
    default: "none",
    meaning:
      "Of commands that administer: a token of who gives them, signed in at the hub with a second factor.",
  },
  {
    name: "SCHAKEL_OPERATORS_FILE",
    default: "none",
    meaning: "Of the same, without a token: file that says which user of this machine is which operator.",
  },
  {
    name: "SCHAKEL_GATEWAY_URL",
    default: "http://127.0.0.1:<port>",
    meaning: "Of the same: gateway that is asked whose the token is.",
  },
  {
    name: "SCHAKEL_RELEASE_KEYS",
    default: "none: signatures are not looked at",
    meaning: "File with the keys that may sign the supergraph and the rules; needed in production.",
  },
  {
    name: "SCHAKEL_RELEASE",
    default: "none",
    meaning: "File with the signature, as npm run release -- sign makes it.",
  },
  {
    name: "SCHAKEL_SOURCE_TIMEOUT_MS",
    default: "2000",
    meaning: "A source that has not answered after this many milliseconds is left out of the view.",
  },
  {
    name: "SCHAKEL_GRANT_TTL_S",
    default: "30",
    meaning: "Seconds that a grant to a source is valid; at most 59.",
  },
  {
    name: "SCHAKEL_GRANT_SKEW_S",
    default: "5",
    meaning: "Seconds that the clocks of gateway and source may differ; at most 29.",
  },
  {
    name: "SCHAKEL_KEEP_USED_DAYS",
    default: "400",
    meaning: "Days after which a part of the contract that nobody asks for any more is forgotten as used.",
  },
  {
    name: "SCHAKEL_TLS_DIR",
    default: "none: subgraphs are reached over http",
    meaning: "Folder with ca.crt, <name>.crt and <name>.key; turns on mutual TLS with the subgraphs.",
  },
  {
    name: "SCHAKEL_TLS_GATEWAY_NAME",
    default: "gateway",
    meaning: "Name in the certificate of the gateway, which alone may ask subgraphs for data.",
  },
  {
    name: "SCHAKEL_TLS_KEEPER_NAME",
    default: "log-keeper",
    meaning: "Name in the certificate of the log keeper, which alone may hand over checkpoints.",
  },
  {
    name: "SCHAKEL_CHECKPOINT_EVERY_MS",
    default: "50000",
    meaning: "Milliseconds between two checkpoints of the access log, when there was traffic; at most 55000.",
  },
  {
    name: "SCHAKEL_SEARCHES_PER_WORKER",
    default: "30",
    meaning: "Searches by a citizen's number that one worker may make in an hour.",
  },
  {
    name: "SCHAKEL_SEARCHES_PER_ORGANISATION",
    default: "300",
    meaning: "The same for all workers of an organisation together.",
  },
  {
    name: "SCHAKEL_STUF_URL",
    default: "none",
    meaning:
      "Node of the chain that takes an organisation's messages (StUF-Jeugdzorg); without it none is sent.",
  },
  {
    name: "SCHAKEL_STUF_SECRET",
    default: "none",
    meaning: "Secret of the UsernameToken for that node, under the organisation's OIN.",
  },
  {
    name: "SCHAKEL_STUF_PORT",
    default: "none",
    meaning: "Port at which a gateway takes messages of the chain; without it none come in.",
  },
  {
    name: "SCHAKEL_STUF_DOOR_SECRET",
    default: "none",
    meaning: "Secret of the UsernameToken of messages that come in, under the OIN of who sends them.",
  },
  {
    name: "SCHAKEL_STUF_TLS_DIR",
    default: "none",
    meaning: "Folder with ca.crt of the chain, gateway.crt and gateway.key, and <organisation>.crt and .key.",
  },
  {
    name: "SCHAKEL_STUF_PEER_NAME",
    default: "stuf-node",
    meaning: "Name in the certificate of the node that hands messages over.",
  },
  ...DOOR_SETTINGS,
  ...SOURCE_SETTINGS,
  {
    name: "DATABASE_URL",
    default: "the embedded PostgreSQL",
    meaning: "A PostgreSQL to use instead; its role may create roles and databases.",
  },
  {
    name: "REDIS_URL",
    default: "none: the queue lies in PostgreSQL",
    meaning: "A Redis (noeviction, appendonly) for the queue, and for counting requests.",
  },
];

/** Options of `npm start`. */
export const OPTIONS = [
  { name: "--help", meaning: "Show this." },
  {
    name: "--region <region>",
    meaning: "As SCHAKEL_REGION, such as amsterdam; so do token, sign-in and the other commands.",
  },
  { name: "--check", meaning: "Say whether these settings can be used, and start nothing." },
  { name: "--no-demo", meaning: "Do not fill empty databases with the synthetic families." },
];

/** The text of `npm start -- --help`. */
export function helpText() {
  const width = Math.max(...SETTINGS.map(({ name }) => name.length)) + 2;
  const indent = " ".repeat(width + 2);
  return [
    "Starts the hub: installs and builds what is needed, then runs everything on this machine.",
    "",
    "Usage: npm start -- [options]",
    "",
    ...OPTIONS.map(({ name, meaning }) => `  ${name.padEnd(width)}${meaning}`),
    "",
    "Settings (environment variables; <NAME>_FILE names a file that holds the value of <NAME>):",
    "",
    ...SETTINGS.flatMap((one) => [
      `  ${one.name.padEnd(width)}${one.meaning}`,
      `${indent}Default: ${one.default}.`,
    ]),
  ].join("\n");
}
