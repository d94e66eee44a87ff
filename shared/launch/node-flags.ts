// How Node is started for the services of the hub.

/**
 * Of every service. Without the accessor `__proto__` no name that a request or a source makes up leads to the prototype that all
 * objects share (CVE-2026-32621 and its like).
 */
export const NODE_FLAGS: readonly string[] = ["--enable-source-maps", "--disable-proto=delete"];

/**
 * Of the gateway besides. What a request needs lives as long as the request, a tenth of a second on a busy gateway; in the
 * 16 MB that Node has for young objects much of it is copied, twice, before it is garbage. With 64 MB a fifth less of the
 * processor is needed (docs/decisions/0040-room-for-young-objects.md).
 */
export const GATEWAY_NODE_FLAGS: readonly string[] = ["--max-semi-space-size=64"];
