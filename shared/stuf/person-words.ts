// Names in parts, and roles in the words of the chain's list.

/** A name in the parts of StUF-BG. */
export interface NameParts {
  readonly surname: string;
  readonly prefix: string | undefined;
  readonly given: string | undefined;
}

const startsSmall = (word: string): boolean =>
  word !== word.toUpperCase() && word[0] === word[0]?.toLowerCase();

/**
 * `Sanne van der Berg` -> Sanne, van der, Berg. The sources give names in one piece, so this is a reading: given names end
 * where the first word in small letters begins, or else before the last word. Undefined without a name.
 */
export function namePartsOf(name: string | null): NameParts | undefined {
  const words = (name ?? "").split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return undefined;
  const small = words.findIndex((word, place) => place < words.length - 1 && startsSmall(word));
  if (small < 0) {
    return {
      surname: words.at(-1) ?? "",
      prefix: undefined,
      given: words.slice(0, -1).join(" ") || undefined,
    };
  }
  let end = small;
  while (end < words.length - 1 && startsSmall(words[end] ?? "")) end += 1;
  return {
    surname: words.slice(end).join(" "),
    prefix: words.slice(small, end).join(" "),
    given: words.slice(0, small).join(" ") || undefined,
  };
}

/** The mother of a child that is not born yet is named by this role, and by no other (rule CORV-A5.5). */
export const AUTHORITY_NOT_NAMED = "ouder, gezag niet benoemd";

/** Jeugdzorgrol -> its words in a message (reference list JEUGDZORGROL). */
const ROLES: Readonly<Record<string, string>> = {
  "111": AUTHORITY_NOT_NAMED,
  "112": "ouder met gezag",
  "113": "ouder zonder gezag",
  "114": "ouder niet juridisch",
  "191": "voogd",
  "211": "pleegouder",
  "212": "stiefouder",
  "213": "opvoeder/verzorger",
  "393": "contactpersoon",
  "411": "hulpverlener",
};
const OTHER = "overig";

/** The words of a role; another code, or none, is another relation. */
export const roleWords = (code: string | null): string =>
  code !== null && Object.hasOwn(ROLES, code) ? (ROLES[code] ?? OTHER) : OTHER;

/** Is it a role of a parent? */
export const isParentRole = (code: string | null): boolean => code !== null && /^11[1-4]$/.test(code);
