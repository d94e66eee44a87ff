// The cookies of one walk through an issuer's pages.

/** Keeps cookies, and sends each back to the path that it is for (RFC 6265, 5.1.4). */
export class CookieJar {
  readonly #cookies = new Map<string, { readonly path: string; readonly pair: string }>();

  /** Takes what a response sets, and drops what it ends. */
  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(/;\s*/);
      const path = attributes.find((one) => /^path=/i.test(one))?.slice("path=".length) ?? "/";
      const name = `${pair.slice(0, pair.indexOf("="))} ${path}`;
      const isGone = attributes.some((one) => /^expires=Thu, 01 Jan 1970/i.test(one));
      if (isGone) this.#cookies.delete(name);
      else this.#cookies.set(name, { path, pair });
    }
  }

  /** Value of the header `cookie` for an address. */
  headerFor({ pathname }: URL): string {
    return [...this.#cookies.values()]
      .filter(({ path }) => pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`))
      .map(({ pair }) => pair)
      .join("; ");
  }
}
