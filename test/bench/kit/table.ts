// Tables in plain text.

/** A table with a line under its head: the first column to the left, figures to the right. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? "";
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

/** A measured number with about three digits that count: 1 234 567, 12.3, 0.456. */
export function inFigures(value: number): string {
  const size = Math.abs(value);
  return grouped(value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3));
}

/** A whole number, with spaces between thousands. */
export const inWhole = (value: number): string => grouped(value.toFixed(0));

function grouped(number: string): string {
  const [whole = "", fraction] = number.split(".");
  const spaced = whole.replaceAll(/\B(?=(\d{3})+$)/g, " ");
  return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}

/** Characters in a line of text beside a table. */
const LINE = 112;

/** Breaks a sentence into lines, and no number in two. */
export function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ (?!\d{3}\b)/)) {
    if (line !== "" && line.length + 1 + word.length > LINE) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
