// The codes of the chain messages: in words, and what follows from them.

/** Code -> Dutch text. */
export type CodeList = Readonly<Record<string, string>>;

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
