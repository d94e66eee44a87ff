// Lines of text as Dutch spreadsheets take them: semicolons between values.

/** One line, with its end; nothing is an empty value. */
export function csvLine(values: readonly (string | null)[]): string {
  const written = values.map((value) => {
    const text = value ?? "";
    return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${written.join(";")}\r\n`;
}
