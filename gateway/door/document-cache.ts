// Checked documents, kept for the next request that asks the same, within a bound in bytes.

import type { DocumentNode } from "graphql";
import { BoundedCache } from "./bounded-cache";

/** Bytes of memory that all kept documents may take, about. */
const MOST_BYTES = 24 * 1024 * 1024;
/** Bytes of memory that a document takes per character of its text, at most about: tokens and nodes are objects. */
const BYTES_PER_CHARACTER = 80;

const sizeOf = (document: DocumentNode): number =>
  (document.loc?.source.body.length ?? MOST_BYTES) * BYTES_PER_CHARACTER;

/** The store of documents that the server asks and fills. */
export class DocumentCache {
  readonly #kept = new BoundedCache(MOST_BYTES, sizeOf);

  get(key: string): Promise<DocumentNode | undefined> {
    return Promise.resolve(this.#kept.get(key));
  }

  set(key: string, document: DocumentNode): Promise<void> {
    this.#kept.set(key, document);
    return Promise.resolve();
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.#kept.delete(key));
  }
}
