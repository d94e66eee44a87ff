// What a page of another origin can have a browser send.

import type { Hostile } from "./floods";

const MUTATION = JSON.stringify({
  query: 'mutation { openCase(input: { idempotencyKey: "flood" }) { id } }',
});
const ELSEWHERE = "https://elders.example";

/** Requests that a page of elsewhere has a browser send. */
export const FROM_ELSEWHERE: readonly Hostile[] = [
  {
    tries: "a change by GET, from another origin",
    method: "GET",
    path: `/graphql?query=${encodeURIComponent("mutation { x }")}`,
    headers: { origin: ELSEWHERE },
    body: () => "",
    status: 403,
    code: "ORIGIN_NOT_ALLOWED",
  },
  {
    tries: "a change by GET, that says no origin",
    method: "GET",
    path: `/graphql?query=${encodeURIComponent("mutation { x }")}`,
    body: () => "",
    status: 400,
    code: "REQUEST_MALFORMED",
  },
  {
    tries: "a change as plain text, from another origin",
    headers: { origin: ELSEWHERE, "content-type": "text/plain" },
    body: () => MUTATION,
    status: 403,
    code: "ORIGIN_NOT_ALLOWED",
  },
  {
    tries: "a change as plain text, that says no origin",
    headers: { "content-type": "text/plain" },
    body: () => MUTATION,
    status: 400,
    code: "REQUEST_MALFORMED",
  },
  {
    tries: "a change as JSON, from another origin",
    headers: { origin: ELSEWHERE },
    body: () => MUTATION,
    status: 403,
    code: "ORIGIN_NOT_ALLOWED",
  },
  {
    tries: "a change from a page without an origin",
    headers: { origin: "null" },
    body: () => MUTATION,
    status: 403,
    code: "ORIGIN_NOT_ALLOWED",
  },
  {
    tries: "a change of which the browser says that it comes from elsewhere",
    headers: { "sec-fetch-site": "cross-site" },
    body: () => MUTATION,
    status: 403,
    code: "ORIGIN_NOT_ALLOWED",
  },
  {
    tries: "a browser that asks first",
    method: "OPTIONS",
    headers: {
      origin: ELSEWHERE,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type,purpose",
    },
    body: () => "",
    status: 403,
    code: "ORIGIN_NOT_ALLOWED",
  },
];
