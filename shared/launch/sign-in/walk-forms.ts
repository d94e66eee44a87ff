// Signs in without a browser: follows the issuer's own pages and fills in their forms, as a person would.

import { CookieJar } from "./cookie-jar";
import { SignInError } from "./sign-in-error";

/** Pages and redirects of one sign-in; the demo issuers need less than ten. */
const MOST_STEPS = 20;

/** Who fills in the forms. */
export interface FormFiller {
  readonly persona: string;
  readonly password: string;
  /** Leave out the second step, where the issuer lets one. */
  readonly skipSecondFactor?: boolean;
}

/** What to send for the form of this page; undefined when the page has none that is known. */
function fillIn(text: string, filler: FormFiller): URLSearchParams | undefined {
  const { persona, password, skipSecondFactor = false } = filler;
  if (text.includes('name="persona"')) {
    return new URLSearchParams({ persona, password, ...(skipSecondFactor ? { skip: "yes" } : {}) });
  }
  const [, code] = /id="demo-code">(\d+)</.exec(text) ?? [];
  if (code !== undefined) return new URLSearchParams({ code });
  return /action="[^"]*\/confirm"/.test(text) ? new URLSearchParams() : undefined;
}

/**
 * Walks from `address` to `redirectUri` and resolves with where it ended, the code in its query.
 * Throws a SignInError when the issuer refuses what is filled in or shows something else.
 */
export async function walkForms(address: URL, redirectUri: string, filler: FormFiller): Promise<URL> {
  const jar = new CookieJar();
  let next: { readonly url: URL; readonly body?: URLSearchParams } = { url: address };
  for (let step = 0; step < MOST_STEPS; step++) {
    const { url, body } = next;
    const response = await fetch(url, {
      redirect: "manual",
      headers: { accept: "text/html", cookie: jar.headerFor(url), origin: url.origin },
      ...(body ? { method: "POST", body } : {}),
    });
    jar.keep(response);
    const text = await response.text();
    const location = response.headers.get("location");
    if (location !== null) {
      const target = new URL(location, url);
      if (target.href.startsWith(`${redirectUri}?`)) return target;
      next = { url: target };
      continue;
    }
    const [, action] = /<form method="post" action="([^"]+)"/.exec(text) ?? [];
    const filled = fillIn(text, filler);
    if (!response.ok || action === undefined || !filled) {
      throw new SignInError("The issuer did not accept what was filled in.");
    }
    next = { url: new URL(action, url), body: filled };
  }
  throw new SignInError("The issuer goes round in circles.");
}
