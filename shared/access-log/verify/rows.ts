// Reads the rows of a query in order and in portions, with the next portion on its way while one is looked at.

import type { ClientBase, CustomTypesConfig, QueryArrayResult } from "pg";
import type { Value } from "./format";

/** Rows that are fetched at a time. */
const PORTION = 2_000;
/** All values as the text that the database gives. */
const AS_TEXT = { getTypeParser: () => (value: string) => value } as unknown as CustomTypesConfig;

/** Runs a query and gives all rows, as text. */
export async function readAll(client: ClientBase, text: string, values: unknown[] = []): Promise<Value[][]> {
  const { rows } = await client.query<Value[]>({ text, values, rowMode: "array", types: AS_TEXT });
  return rows;
}

/** One client that several streams read by: it is asked one thing at a time. */
export class ReadingClient {
  readonly #client: ClientBase;
  #last: Promise<unknown> = Promise.resolve();

  /** `client` must be in a transaction, and be left to this reader meanwhile. */
  constructor(client: ClientBase) {
    this.#client = client;
  }

  /** Asks as soon as what was asked before is answered; rows come as text. */
  ask(text: string): Promise<QueryArrayResult<Value[]>> {
    const ask = () => this.#client.query<Value[]>({ text, rowMode: "array", types: AS_TEXT });
    const asked = this.#last.then(ask, ask);
    this.#last = asked;
    return asked;
  }
}

/** The rows of one query, one after the other. */
export class RowStream {
  readonly #client: ReadingClient;
  readonly #name: string;
  #rows: readonly Value[][] = [];
  #index = 0;
  #next: Promise<QueryArrayResult<Value[]>> | undefined;

  private constructor(client: ReadingClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** Opens a cursor under a name that no other has; `query` holds numbers and names only, nothing that was given. */
  static async open(client: ReadingClient, name: string, query: string): Promise<RowStream> {
    await client.ask(`declare ${name} no scroll cursor for ${query}`);
    const stream = new RowStream(client, name);
    stream.#next = stream.#fetch();
    await stream.#turn();
    return stream;
  }

  #fetch(): Promise<QueryArrayResult<Value[]>> {
    const asked = this.#client.ask(`fetch ${PORTION} from ${this.#name}`);
    // Asked ahead: an error is met where the rows are.
    asked.catch(() => undefined);
    return asked;
  }

  async #turn(): Promise<void> {
    const result = await this.#next;
    this.#rows = result?.rows ?? [];
    this.#index = 0;
    this.#next = this.#rows.length === PORTION ? this.#fetch() : undefined;
  }

  /** The row that the stream stands at; undefined past the last one. */
  get current(): readonly Value[] | undefined {
    return this.#rows[this.#index];
  }

  /** Goes to the next row; what it returns must be awaited, if it returns something. */
  advance(): Promise<void> | undefined {
    this.#index += 1;
    return this.#index >= this.#rows.length && this.#next ? this.#turn() : undefined;
  }

  /** Closes the cursor. */
  async close(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#client.ask(`close ${this.#name}`);
  }
}
