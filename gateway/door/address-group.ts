// One client, one address: with IPv6 a client has a whole network of them.

import { isIPv4, isIPv6 } from "node:net";

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
/** Groups of 16 bits of the network part: a customer gets a /64 at least. */
const NETWORK_GROUPS = 4;
const ALL_GROUPS = 8;

/** The address as it is counted: IPv4 whole, IPv6 by its /64; what is neither counts as one. */
export function addressGroup(address: string): string {
  const mapped = MAPPED.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return mapped;
  const [plain = ""] = address.split("%");
  if (!isIPv6(plain)) return "unknown";
  const [head = "", tail] = plain.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(ALL_GROUPS - before.length - after.length, 0);
  const groups = [...before, ...Array.from({ length: zeros }, () => "0"), ...after];
  return `${groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
