// Words for the codes of an organisation's system; a code that the list does not have stays visible.

/** Code -> Dutch text. */
export type CodeList = Readonly<Record<string, string>>;

/** The text of a code, "onbekende code (X)" for one that the list does not have, null for no code. */
export function textOfCode(list: CodeList, code: string | null | undefined): string | null {
  if (code === null || code === undefined || code === "") return null;
  return Object.hasOwn(list, code) ? (list[code] ?? null) : `onbekende code (${code})`;
}

/** As `textOfCode`, for a field that must say something. */
export function knownText(list: CodeList, code: string | null | undefined): string {
  return textOfCode(list, code) ?? "onbekend";
}

/** Of the roles below, those of who brings a child up. */
const CARERS: ReadonlySet<string> = new Set(["111", "112", "113", "114", "191", "211", "212", "213"]);
/** The role of a child. */
const CHILD = "301";

/** Is somebody with this role a child? Undefined for a role that tells nothing of it, such as that of who reported. */
export function isChildRole(code: string | null): boolean | undefined {
  if (code === CHILD) return true;
  return code !== null && CARERS.has(code) ? false : undefined;
}

/** Roles of the chain messages (jeugdzorgrol, StUF Jeugdzorg reference list 1.0.87), as far as households have them. */
export const YOUTH_CARE_ROLES: CodeList = {
  "111": "ouder, gezag niet benoemd",
  "112": "ouder met gezag",
  "113": "ouder zonder gezag",
  "114": "ouder, niet juridisch",
  "121": "familielid",
  "191": "voogd",
  "211": "pleegouder",
  "212": "stiefouder",
  "213": "opvoeder of verzorger",
  "301": "jeugdige",
  "391": "melder",
  "392": "informant",
  "393": "contactpersoon",
  "491": "overig",
};
