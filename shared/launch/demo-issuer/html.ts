// HTML with everything escaped that is not written here, and the frame of every page.

import { createHash } from "node:crypto";

/** A piece of HTML; only `markup` and the library make one. */
export class Html {
  constructor(readonly text: string) {}
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const textOf = (value: Html | string | readonly Html[]): string => {
  if (value instanceof Html) return value.text;
  if (typeof value === "string") return value.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? "");
  return value.map((one) => one.text).join("\n");
};

/** HTML with values in it: strings are escaped, HTML stays as it is. */
export const markup = (
  parts: TemplateStringsArray,
  ...values: readonly (Html | string | readonly Html[])[]
): Html =>
  new Html(
    parts.map((part, index) => part + (index < values.length ? textOf(values[index] ?? "") : "")).join(""),
  );

/** A sentence in Dutch, with its English below. */
export const both = (nl: string, en: string): Html => markup`${nl} <span class="en" lang="en">${en}</span>`;

const STYLE = `
:root { color-scheme: light; }
body { margin: 0; background: #f3f3f3; color: #1a1a1a; font: 1.0625rem/1.5 system-ui, sans-serif; }
main { max-width: 38rem; margin: 2rem auto; padding: 1.5rem 2rem; background: #fff; border-top: .375rem solid #154273; }
h1 { font-size: 1.5rem; line-height: 1.25; }
fieldset { margin: 0 0 1.25rem; padding: .5rem 1rem; border: 1px solid #595959; }
legend, label.field { font-weight: 600; }
.choice { display: flex; gap: .75rem; padding: .375rem 0; }
.choice input { flex: none; width: 1.25rem; height: 1.25rem; margin-top: .25rem; }
.en { display: block; color: #494949; font-size: .9375rem; font-weight: 400; }
input.text { display: block; box-sizing: border-box; width: 100%; margin: .25rem 0 1.25rem; padding: .5rem; border: 1px solid #595959; font: inherit; }
button { margin: 0 .75rem .75rem 0; padding: .5rem 1.25rem; border: 2px solid #154273; background: #154273; color: #fff; font: inherit; cursor: pointer; }
button.second { background: #fff; color: #154273; }
button .en { color: inherit; }
:focus-visible { outline: 3px solid #e17000; outline-offset: 2px; }
.error { margin: 0 0 1.25rem; padding: .5rem 1rem; border-left: .375rem solid #b00020; background: #fdf0f1; }
.note { margin: 0 0 1.25rem; padding: .5rem 1rem; border-left: .375rem solid #154273; background: #eef3f9; }
`;

/** What a Content-Security-Policy has to allow for the pages' own style. */
export const STYLE_SOURCE = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;

/** A whole page, in Dutch. `title` comes first in the title of the window, so that a screen reader says it first. */
export const page = (title: string, content: Html): string =>
  markup`<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Schakel (demo)</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`.text;
