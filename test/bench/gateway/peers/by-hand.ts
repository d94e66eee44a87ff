// What work that is done by hand looks like.

/** Asks a subgraph; resolves with its data. */
export type Ask = (subgraph: string, query: string, variables?: object) => Promise<Record<string, unknown>>;
/** Does one piece of work; resolves with the data of the answer. */
export type ByHand = (ask: Ask, variables: Readonly<Record<string, unknown>>) => Promise<unknown>;
