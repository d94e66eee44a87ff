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

/** The rows of one query, one after the other; the client must be in a transaction. */
export class RowStream {
  readonly #client: ClientBase;
  readonly #name: string;
  #rows: readonly Value[][] = [];
  #index = 0;
  #next: Promise<QueryArrayResult<Value[]>> | undefined;

  private constructor(client: ClientBase, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** Opens a cursor under a name that no other has; `query` holds numbers and names only, nothing that was given. */
  static async open(client: ClientBase, name: string, query: string): Promise<RowStream> {
    await client.query(`declare ${name} no scroll cursor for ${query}`);
    const stream = new RowStream(client, name);
    stream.#next = stream.#fetch();
    await stream.#turn();
    return stream;
  }

  #fetch(): Promise<QueryArrayResult<Value[]>> {
    return this.#client.query<Value[]>({
      text: `fetch ${PORTION} from ${this.#name}`,
      rowMode: "array",
      types: AS_TEXT,
    });
  }

  async #turn(): Promise<void> {
    const result = await this.#next;
    this.#rows = result?.rows ?? [];
    this.#index = 0;
    this.#next = this.#rows.length === PORTION ? this.#fetch() : undefined;
    // Asked for ahead: an error is met where the rows are.
    this.#next?.catch(() => undefined);
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
    await this.#client.query(`close ${this.#name}`);
  }
}
