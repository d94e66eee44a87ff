// Posts to a subgraph and takes in its whole answer: by the dispatcher itself, for the streams of undici's `request` cost
// more than the request does, and a view makes six.

import type { Dispatcher } from "undici";

/** Where something is posted to. */
export interface PostAddress {
  readonly origin: string;
  readonly path: string;
}

/** What is posted. */
export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds for the whole of the answer. */
  readonly deadlineMs: number;
}

/** An answer, with its text. */
export interface Posted {
  readonly status: number;
  readonly text: string;
}

/** The answer was not there in time. */
export class PostTimeout extends Error {
  constructor() {
    super("The answer did not come in time.");
    this.name = "TimeoutError";
  }
}

const UTF_8 = new TextDecoder();

/** Reads an address; throws a TypeError for what is none. */
export function readAddress(url: string): PostAddress {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: `${pathname}${search}` };
}

/** Resolves with the answer; rejects with PostTimeout, and with the errors of undici, when there is none. */
export async function post(
  dispatcher: Dispatcher,
  address: PostAddress,
  { headers, body, deadlineMs }: Post,
): Promise<Posted> {
  return new Promise<Posted>((resolve, reject) => {
    let status = 0;
    const chunks: Buffer[] = [];
    let started: Dispatcher.DispatchController | undefined;
    let late: PostTimeout | undefined;
    const timer = setTimeout(() => {
      late = new PostTimeout();
      started?.abort(late);
      reject(late);
    }, deadlineMs);
    dispatcher.dispatch(
      { ...address, method: "POST", headers, body },
      {
        onRequestStart: (controller) => {
          started = controller;
          // It waited for a connection until it was too late.
          if (late) controller.abort(late);
        },
        onResponseStart: (_controller, statusCode) => {
          status = statusCode;
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => {
          clearTimeout(timer);
          const [only] = chunks;
          const bytes = only && chunks.length === 1 ? only : Buffer.concat(chunks);
          resolve({ status, text: UTF_8.decode(bytes) });
        },
        onResponseError: (_controller, error) => {
          clearTimeout(timer);
          reject(error);
        },
      },
    );
  });
}
