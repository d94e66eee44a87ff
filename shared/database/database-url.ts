// Connection strings: taking out what is needed, and deriving one for another role or database.

/** The parts of a connection string that the hub works with. */
export interface DatabaseAddress {
  readonly role: string;
  readonly password: string;
  readonly database: string;
}

/** Takes a `postgresql://` URL apart; throws a TypeError that does not repeat it (it holds a password). */
export function parseDatabaseUrl(url: string): DatabaseAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new TypeError("Not a PostgreSQL URL (postgresql://role:password@host:port/database).");
  }
  const role = decodeURIComponent(parsed.username);
  return {
    role,
    password: decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)) || role,
  };
}

/** The same server and options under another role or database. */
export function withAddress(url: string, change: Partial<DatabaseAddress>): string {
  const parsed = new URL(url);
  if (change.role !== undefined) parsed.username = encodeURIComponent(change.role);
  if (change.password !== undefined) parsed.password = encodeURIComponent(change.password);
  if (change.database !== undefined) parsed.pathname = `/${encodeURIComponent(change.database)}`;
  return parsed.toString();
}
