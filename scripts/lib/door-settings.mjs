// The settings of the gateway's door, for `npm start -- --help`; docs/door.md says more.

const limit = (name, byDefault, meaning) => ({ name, default: byDefault, meaning: `Most ${meaning}.` });
const setting = (name, byDefault, meaning) => ({ name, default: byDefault, meaning });

/** What one request may be, how often is asked, and from where. */
export const DOOR_SETTINGS = [
  limit("SCHAKEL_MAX_BODY_BYTES", "131072", "bytes of a request"),
  limit("SCHAKEL_MAX_JSON_DEPTH", "20", "nesting of the JSON of a request"),
  limit("SCHAKEL_MAX_JSON_VALUES", "5000", "values in the JSON of a request, in lists and objects together"),
  limit("SCHAKEL_MAX_VARIABLES", "100", "variables"),
  limit("SCHAKEL_MAX_VARIABLE_CHARACTERS", "65536", "characters of all variables, as JSON"),
  limit("SCHAKEL_MAX_QUERY_CHARACTERS", "32768", "characters of the text of an operation"),
  limit("SCHAKEL_MAX_TOKENS", "2000", "words and marks of the text of an operation"),
  limit("SCHAKEL_MAX_DEPTH", "15", "nesting of fields, with fragments spread out"),
  limit("SCHAKEL_MAX_FIELDS", "2000", "fields, with fragments spread out"),
  limit("SCHAKEL_MAX_SELECTIONS", "4000", "fields and fragments, each as often as it is spread"),
  limit(
    "SCHAKEL_MAX_ALIASES",
    "100",
    "fields under another name (also __typename), with fragments spread out",
  ),
  limit("SCHAKEL_MAX_REPEATS", "100", "fields that stand beside another of the same name (also __typename)"),
  limit("SCHAKEL_MAX_DIRECTIVES", "50", "directives, known or not, with fragments spread out"),
  limit("SCHAKEL_MAX_ROOT_FIELDS", "20", "questions (or changes) of one operation"),
  limit("SCHAKEL_MAX_FRAGMENTS", "50", "fragments in one text"),
  limit("SCHAKEL_MAX_OPERATIONS", "10", "operations in one text, of which one is asked"),
  limit(
    "SCHAKEL_MAX_COST",
    "100000",
    "cost: fields times the length of the lists they stand in, and more for a subject or a call",
  ),
  limit("SCHAKEL_MAX_CALLS", "50", "calls to sources that an operation takes"),
  limit("SCHAKEL_MAX_ANSWER_BYTES", "4194304", "bytes of an answer"),
  setting(
    "SCHAKEL_PLAN_TIMEOUT_MS",
    "2000",
    "Milliseconds that planning an operation may take; one that takes longer is refused.",
  ),
  setting(
    "SCHAKEL_RATE_PER_WORKER",
    "600",
    "Requests a minute of one worker, over all gateways; 0: no limit.",
  ),
  setting(
    "SCHAKEL_RATE_PER_ORGANISATION",
    "12000",
    "Requests a minute of one organisation, over all gateways; 0: no limit.",
  ),
  setting(
    "SCHAKEL_RATE_PER_ADDRESS",
    "6000",
    "Requests a minute of one network address, over all gateways; 0: no limit.",
  ),
  setting(
    "SCHAKEL_MAX_REQUESTS",
    "300",
    "Requests that a gateway works on at once; others are told to come back.",
  ),
  setting("SCHAKEL_MAX_REQUESTS_PER_ADDRESS", "150", "Of those, of one network address."),
  setting("SCHAKEL_MAX_REQUESTS_PER_WORKER", "6", "Of those, of one worker."),
  setting("SCHAKEL_MAX_CONNECTIONS", "1000", "Connections of a gateway; others are not accepted."),
  setting("SCHAKEL_MAX_CONNECTIONS_PER_ADDRESS", "300", "Of those, of one network address."),
  setting(
    "SCHAKEL_HEADERS_TIMEOUT_MS",
    "5000",
    "Milliseconds within which the headers of a request must be there.",
  ),
  setting("SCHAKEL_REQUEST_TIMEOUT_MS", "10000", "Milliseconds within which a whole request must be there."),
  setting(
    "SCHAKEL_ALLOWED_ORIGINS",
    "none",
    "Origins of pages that may ask the gateway, beside its own; with commas between them.",
  ),
  setting(
    "SCHAKEL_TRUSTED_PROXIES",
    "none",
    "Addresses or networks of proxies whose X-Forwarded-For is believed; with commas.",
  ),
  setting(
    "SCHAKEL_CLIENT_CERTIFICATE_HEADER",
    "none: tokens that are bound to a certificate are refused",
    "Header in which these proxies hand on a client's certificate (RFC 9440, or PEM with percent signs).",
  ),
  setting(
    "SCHAKEL_OPERATIONS",
    "none: every operation",
    "Folder or JSON file of the operations that each function may ask; no others then.",
  ),
];
