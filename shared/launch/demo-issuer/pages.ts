// The pages of the demo issuers: plain forms that work without a script, with a keyboard and with a screen reader.

import type { Persona } from "../../region/demo";
import { CLAIM_WORDS } from "./accounts";
import { both, markup, page, type Html } from "./html";

/** What every page of one sign-in needs. */
export interface SignInView {
  /** Name of the organisation at which one signs in. */
  readonly issuerName: string;
  /** Path of this sign-in; the forms post below it. */
  readonly path: string;
}

/** How the form of the first step is shown. */
export interface FirstStep {
  /** The last answer was not right; which part of it is not said. */
  readonly failed: boolean;
  /** Code of the persona that is chosen already. */
  readonly chosen: string | undefined;
  /** Whether the second step can be left out, to see what stays closed then. */
  readonly canSkip: boolean;
}

const NOTHING = markup``;

/** Announced at once by a screen reader, and named by the field that it is about. */
const errorBox = (failed: boolean, nl: string, en: string): Html =>
  failed ? markup`<p class="error" id="error" role="alert">${both(nl, en)}</p>` : NOTHING;

/** Ties a field to the error above it, and brings the keyboard there. */
const tiedToError = (failed: boolean): Html =>
  failed ? markup` aria-invalid="true" aria-describedby="error" autofocus` : NOTHING;

const titleOf = (failed: boolean, title: string): string => (failed ? `Fout: ${title}` : title);

const stopForm = (path: string): Html => markup`<form method="post" action="${path}/stop">
<button class="second">${both("Stoppen", "Stop")}</button>
</form>`;

const SKIP_BOX = markup`<div class="choice">
<input type="checkbox" name="skip" id="skip" value="yes">
<label for="skip">${both(
  "Tweede stap overslaan (dan blijft een deel dicht)",
  "Leave out the second step (part stays closed then)",
)}</label>
</div>`;

/** Who are you, and what is your password? */
export function signInPage(
  { issuerName, path }: SignInView,
  personas: readonly Persona[],
  { failed, chosen, canSkip }: FirstStep,
): string {
  const title = `Inloggen bij ${issuerName}`;
  const choices = personas.map(
    ({ code, description }) => markup`<div class="choice">
<input type="radio" name="persona" id="${code}" value="${code}" required${code === chosen ? markup` checked` : NOTHING}>
<label for="${code}">${both(code, description)}</label>
</div>`,
  );
  return page(
    titleOf(failed, title),
    markup`<h1>${both(title, `Sign in at ${issuerName}`)}</h1>
${errorBox(failed, "De gebruiker en het wachtwoord horen niet bij elkaar.", "User and password do not belong together.")}
<p class="note">${both("Dit is een demo: alle mensen zijn verzonnen.", "This is a demo: all people are invented.")}</p>
<form method="post" action="${path}/sign-in">
<fieldset>
<legend>${both("Wie bent u?", "Who are you?")}</legend>
${choices}
</fieldset>
<label class="field" for="password">${both("Wachtwoord", "Password")}</label>
<input class="text" type="password" id="password" name="password" autocomplete="current-password" required${tiedToError(failed)}>
${canSkip ? SKIP_BOX : NOTHING}
<button>${both("Inloggen", "Sign in")}</button>
</form>
${stopForm(path)}`,
  );
}

/** The code of the second factor; the demo shows it, where a real issuer sends or computes it elsewhere. */
export function codePage({ issuerName, path }: SignInView, code: string, failed: boolean): string {
  const title = `Tweede stap bij ${issuerName}`;
  return page(
    titleOf(failed, title),
    markup`<h1>${both(title, `Second step at ${issuerName}`)}</h1>
${errorBox(failed, "Deze code klopt niet.", "This code is not right.")}
<p class="note">${both(
      "In het echt staat deze code op uw telefoon. In de demo is het:",
      "In real life this code is on your phone. In the demo it is:",
    )} <strong id="demo-code">${code}</strong></p>
<form method="post" action="${path}/code">
<label class="field" for="code">${both("Code van zes cijfers", "Code of six digits")}</label>
<input class="text" type="text" id="code" name="code" inputmode="numeric" pattern="[0-9]{6}" maxlength="6" autocomplete="one-time-code" required${tiedToError(failed)}>
<button>${both("Verder", "Continue")}</button>
</form>
${stopForm(path)}`,
  );
}

/** Who is signed in already says whether this application may be told so. */
export function confirmPage(
  { issuerName, path }: SignInView,
  who: string,
  application: string,
  claims: readonly string[],
): string {
  const words = claims.flatMap((name) => CLAIM_WORDS[name] ?? []);
  const title = `Verder als ${who}`;
  return page(
    title,
    markup`<h1>${both(title, `Continue as ${who}`)}</h1>
<p>${both(`U bent ingelogd bij ${issuerName}.`, `You are signed in at ${issuerName}.`)}</p>
<p>${both(`${application} krijgt te horen:`, `${application} is told:`)}</p>
<ul>
<li>${both("wie u bent", "who you are")}</li>
${words.map(({ nl, en }) => markup`<li>${both(nl, en)}</li>`)}
</ul>
<form method="post" action="${path}/confirm">
<button>${both("Verder", "Continue")}</button>
</form>
${stopForm(path)}`,
  );
}

/** Asks whether to sign out; `form` is the library's own, with its token against forgery. */
export const signOutPage = (issuerName: string, form: Html): string =>
  page(
    `Uitloggen bij ${issuerName}`,
    markup`<h1>${both(`Uitloggen bij ${issuerName}?`, `Sign out of ${issuerName}?`)}</h1>
<p>${both("U logt dan ook uit bij Schakel.", "This also signs you out of Schakel.")}</p>
${form}
<button form="op.logoutForm" name="logout" value="yes">${both("Uitloggen", "Sign out")}</button>
<button class="second" form="op.logoutForm">${both("Ingelogd blijven", "Stay signed in")}</button>`,
  );

/** After signing out. */
export const signedOutPage = (issuerName: string): string =>
  page(
    "Uitgelogd",
    markup`<h1>${both("U bent uitgelogd.", "You are signed out.")}</h1>
<p>${both(`Uw sessie bij ${issuerName} is voorbij.`, `Your session at ${issuerName} is over.`)}</p>`,
  );

/** Something that cannot go on. `code` is one of OAuth's error codes. */
export const errorPage = (code: string): string =>
  page(
    "Het inloggen kan niet verder",
    markup`<h1>${both("Het inloggen kan niet verder.", "Signing in cannot go on.")}</h1>
<p>${both("Begin opnieuw vanuit Schakel.", "Start again from Schakel.")}</p>
<p>Code: <code>${code}</code></p>`,
  );
