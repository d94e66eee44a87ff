// Reads a REST API that gives cases as JSON: batches of references, pages, ETags, a token that is used again.

import { createCaseReader, identityAt, listAt, requireReference, valueAt } from "../case-reader";
import { CONCURRENT_LIMIT, createGuard, type GuardOptions } from "../guard";
import { createHttpClient, requireSuccess, type HttpAnswer } from "../http";
import type { RecordReader } from "../record-reader";
import { SourceFailed } from "../source-failure";
import type { RestAddress, RestSource } from "./settings";
import { createTokenHolder, parseJson } from "./token";

/** Most pages of one collection: an API that goes on is going round in circles. */
const PAGE_LIMIT = 10_000;

/** Most pages of which is asked whether they are still what they were: all of them are asked in one question. */
const MARKED_PAGE_LIMIT = 100;

const NOT_MODIFIED = 304;
const UNAUTHORIZED = 401;

/** A reader over the API at `address`. */
export function createRestReader(
  source: RestSource,
  address: RestAddress,
  options: GuardOptions = {},
): RecordReader {
  const http = createHttpClient(options.concurrent ?? CONCURRENT_LIMIT);
  const tokens = address.client && createTokenHolder(http, address.client);
  const base = address.baseUrl.replace(/\/$/, "");
  /** ETag of each page of the identities when they were read last; what stood on them is not kept. */
  let marks = new Map<string, string>();

  const get = async (url: URL, signal: AbortSignal, mark?: string): Promise<HttpAnswer> => {
    const send = async (token: string | undefined): Promise<HttpAnswer> =>
      await http.ask(url, {
        signal,
        headers: {
          accept: "application/json",
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(mark === undefined ? {} : { "if-none-match": mark }),
        },
      });
    const token = await tokens?.get(signal);
    const answer = await send(token);
    // Ended before its time, such as by a restart of the system: once more with a new one.
    if (answer.status !== UNAUTHORIZED || token === undefined) return answer;
    tokens?.drop(token);
    return await send(await tokens?.get(signal));
  };

  /** Goes through a collection: each call gives the items of the next page, and undefined after the last one. */
  const pagesOf = (
    first: URL,
    { items, next }: Pick<RestSource["cases"], "items" | "next">,
    onPage?: (url: URL, answer: HttpAnswer) => void,
  ): ((signal: AbortSignal) => Promise<readonly unknown[] | undefined>) => {
    const seen = new Set<string>();
    let url: URL | undefined = first;
    return async (signal) => {
      if (!url) return undefined;
      if (seen.has(url.href) || seen.size === PAGE_LIMIT) throw new SourceFailed("FAILED", "ENDLESS_PAGES");
      seen.add(url.href);
      const answer = await get(url, signal);
      requireSuccess(answer);
      onPage?.(url, answer);
      const body = parseJson(answer.text);
      url = nextPage(answer, body, url, next);
      return listAt(body, items);
    };
  };

  /** Whether every page is still what it was. */
  const isUnchanged = async (known: ReadonlyMap<string, string>, signal: AbortSignal): Promise<boolean> => {
    if (known.size === 0) return false;
    for (const [url, mark] of known) {
      if ((await get(new URL(url), signal, mark)).status !== NOT_MODIFIED) return false;
    }
    return true;
  };

  return createCaseReader(createGuard(options), source.shape, {
    async cases(references, signal) {
      const found = new Map<string, unknown>();
      const { cases, shape } = source;
      for (let at = 0; at < references.length; at += cases.perRequest) {
        const url = new URL(base + cases.path);
        url.searchParams.set(cases.references, references.slice(at, at + cases.perRequest).join(","));
        const nextOf = pagesOf(url, cases);
        for (let page = await nextOf(signal); page; page = await nextOf(signal)) {
          for (const one of page) {
            found.set(requireReference(valueAt(one, shape.reference)), one);
          }
        }
      }
      return found;
    },
    async identities(anew, signal) {
      const known = marks;
      // Until all of them were asked, or read anew to the last page, nothing is known of any of them.
      marks = new Map();
      if (!anew && (await isUnchanged(known, signal))) {
        marks = known;
        return undefined;
      }
      const fresh = new Map<string, string>();
      let everyPageMarked = true;
      const { identities } = source;
      const nextOf = pagesOf(new URL(base + identities.path), identities, (url, answer) => {
        const mark = answer.headers["etag"];
        if (typeof mark === "string" && fresh.size < MARKED_PAGE_LIMIT) fresh.set(url.href, mark);
        else everyPageMarked = false;
      });
      return {
        async next(signalOfPage) {
          const page = await nextOf(signalOfPage);
          if (page === undefined) marks = everyPageMarked ? fresh : new Map();
          return page?.map((one) => identityAt(one, identities));
        },
      };
    },
    async ready(signal) {
      const url = new URL(base + source.cases.path);
      url.searchParams.set(source.cases.references, "");
      requireSuccess(await get(url, signal));
    },
    close: () => http.close(),
  });
}

/** The target of rel="next" in a Link header (RFC 8288). */
function linkNext(header: string | string[] | undefined): string | undefined {
  const links = String(header ?? "").split(/,\s*(?=<)/);
  const next = links.find((link) => /;\s*rel="?next"?(;|$)/i.test(link));
  return next && /^\s*<([^>]*)>/.exec(next)?.[1];
}

/** Where the next page is; undefined after the last one. */
function nextPage(
  { headers }: HttpAnswer,
  body: unknown,
  url: URL,
  path: string | undefined,
): URL | undefined {
  const given = path === undefined ? linkNext(headers["link"]) : valueAt(body, path);
  if (given === undefined || given === null || given === "") return undefined;
  const next = typeof given === "string" && URL.canParse(given, url.href) ? new URL(given, url) : undefined;
  // Wherever the data point to, they are read where the settings say.
  if (next?.origin !== url.origin) throw new SourceFailed("FAILED", "NEXT_PAGE");
  return next;
}
