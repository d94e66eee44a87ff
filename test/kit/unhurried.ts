// Tests ask more often than people do: the hubs of tests do not count requests, but where counting is what is tested.

/** Settings of a gateway that lets ask as often as one likes, from one address. */
export const UNCOUNTED: Readonly<Record<string, string>> = Object.freeze({
  SCHAKEL_RATE_PER_WORKER: "0",
  SCHAKEL_RATE_PER_ORGANISATION: "0",
  SCHAKEL_RATE_PER_ADDRESS: "0",
  SCHAKEL_MAX_REQUESTS_PER_WORKER: "1000",
});
