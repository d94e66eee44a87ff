// Lines of text as a PDF (ISO 32000-1), for the documents that go with a request: one font that every reader has, pages of A4.

/** A line: as it is, or as a heading. */
export interface Line {
  readonly text: string;
  readonly heading?: boolean;
}

const PAGE = { width: 595, height: 842, margin: 56 } as const;
const SIZE = { text: 10, heading: 13 } as const;
const LEADING = 15;
/** Signs on a line: of the widest letters that many still fit on the page. */
const LINE_SIGNS = 78;
const LINES_PER_PAGE = Math.floor((PAGE.height - 2 * PAGE.margin) / LEADING);

/** Signs of WinAnsiEncoding outside Latin-1 that turn up in Dutch text. */
const WIN_ANSI: Readonly<Record<string, number>> = {
  "€": 0x80,
  "…": 0x85,
  "‘": 0x91,
  "’": 0x92,
  "“": 0x93,
  "”": 0x94,
  "•": 0x95,
  "–": 0x96,
  "—": 0x97,
};

/** A sign as a byte of WinAnsiEncoding: of a letter with a mark that it lacks, the letter; of any other, a question mark. */
function byteOf(sign: string): number {
  const known = WIN_ANSI[sign];
  if (known !== undefined) return known;
  const plain = sign.codePointAt(0) ?? 0;
  if ((plain >= 0x20 && plain < 0x7f) || (plain >= 0xa0 && plain <= 0xff)) return plain;
  const bare = sign.normalize("NFKD").codePointAt(0) ?? 0;
  return bare >= 0x20 && bare < 0x7f ? bare : 0x3f;
}

/** A text as a string of PDF: brackets and the backslash are escaped. */
function stringOf(text: string): string {
  const signs = Array.from(text, (sign) => {
    const byte = byteOf(sign);
    return byte === 0x28 || byte === 0x29 || byte === 0x5c
      ? `\\${String.fromCharCode(byte)}`
      : String.fromCharCode(byte);
  });
  return `(${signs.join("")})`;
}

/** Breaks a line between words; a word that is longer than a line, within it. */
function broken({ text, heading = false }: Line): Line[] {
  const lines: string[] = [];
  for (const part of text.split(/\r\n|\r|\n/)) {
    let line = "";
    for (const word of part
      .split(/\s+/)
      .flatMap((one) => one.match(new RegExp(`.{1,${LINE_SIGNS}}`, "gu")) ?? [])) {
      if (line !== "" && line.length + 1 + word.length > LINE_SIGNS) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.map((one) => ({ text: one, heading }));
}

function pageContent(lines: readonly Line[]): string {
  const shown = lines.map(
    ({ text, heading }) =>
      `/F1 ${heading ? SIZE.heading : SIZE.text} Tf ${stringOf(text)} Tj 0 -${LEADING} Td`,
  );
  return `BT ${PAGE.margin} ${PAGE.height - PAGE.margin} Td ${shown.join("\n")} ET`;
}

/** A document with these lines, broken where they are too long. */
export function writePdf(lines: readonly Line[]): Buffer {
  const all = lines.flatMap(broken);
  const pages: (readonly Line[])[] = [];
  for (let at = 0; at === 0 || at < all.length; at += LINES_PER_PAGE)
    pages.push(all.slice(at, at + LINES_PER_PAGE));
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    `<</Type/Pages/Count ${pages.length}/Kids[${pages.map((_page, index) => `${4 + 2 * index} 0 R`).join(" ")}]>>`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ...pages.flatMap((page, index) => {
      const content = pageContent(page);
      return [
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${PAGE.width} ${PAGE.height}]` +
          `/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + 2 * index} 0 R>>`,
        `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const begin = text.length;
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${begin}\n%%EOF\n`;
  // Every sign is one byte by now, so places in the text are places in the file.
  return Buffer.from(text, "latin1");
}
