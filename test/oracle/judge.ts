// The oracle: what the decision table says to a question. It shares no code with the enforcement; it reads the rows of a
// world and the table as they stand here.

import type { Category, OrganisationKind, Outcome, Purpose, Relation } from "../../shared/kernel/codes";
import type { About, Household, Register } from "./household";
import { matterOf, matterOfStranger, type Inquiry, type Matter } from "./matter";
import { tieTo } from "./read-asker";
import { worksWith } from "./registers";
import { CLOSED } from "./table-closed";
import { HELD } from "./table-held";
import { OPENED } from "./table-opened";
import type { Asker, HolderOfFiles, PersonRow } from "./world";

/** What the table says, and the number of the row that says it. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly row: string;
}

const SEVERITY: Readonly<Record<Outcome, number>> = { PERMIT: 0, HOLD: 1, DENY: 2 };

/** What somebody is to a family, the closest first. */
const CLOSENESS: readonly Relation[] = [
  "ASSIGNED",
  "STAND_IN",
  "DUO",
  "SELF",
  "PARENT_WITH_AUTHORITY",
  "PARENT_WITHOUT_AUTHORITY",
  "RELATIVE",
  "REFERRED",
  "EMERGENCY",
  "NONE",
];

/** An organisation of a kind that the table does not name: no row opens anything of it or to it, consent or not. */
const UNNAMED: OrganisationKind = "OTHER";

/** What the table says of one matter: what closes wins, then what is held, then what opens; nothing is closed too. */
function verdictOn(matter: Matter): Verdict {
  if ([matter.holder, matter.askerKind].includes(UNNAMED)) return { outcome: "DENY", row: "79" };
  const closed = CLOSED.find(({ applies }) => applies(matter));
  if (closed) return { outcome: "DENY", row: closed.row };
  const held = HELD.find(({ applies }) => applies(matter));
  if (held) return { outcome: matter.granted ? "PERMIT" : "HOLD", row: held.row };
  const opened = OPENED.find(({ applies }) => applies(matter));
  return opened ? { outcome: "PERMIT", row: opened.row } : { outcome: "DENY", row: "79" };
}

/** Judges all that one asker can ask for one purpose. */
export class Judge {
  readonly #register: Register;
  readonly #asker: Asker;
  readonly #purpose: Purpose;
  readonly #verdicts = new Map<string, Verdict>();

  constructor(register: Register, asker: Asker, purpose: Purpose) {
    this.#register = register;
    this.#asker = asker;
    this.#purpose = purpose;
  }

  /** The verdict on one category about a person or a household at a holder. */
  judge(about: About, holder: HolderOfFiles, category: Category): Verdict {
    const key = `${about.type}|${about.id}|${holder.code}|${category}`;
    const known = this.#verdicts.get(key);
    if (known) return known;
    const inquiry: Inquiry = {
      register: this.#register,
      asker: this.#asker,
      purpose: this.#purpose,
      holder,
      category,
      about: about.type,
    };
    const verdict =
      about.type === "Person" ? this.#ofPerson(inquiry, about.id) : this.#ofFamily(inquiry, about.id);
    this.#verdicts.set(key, verdict);
    return verdict;
  }

  /**
   * Has the asker anything to do with this person or household, in whatever function? Another is not named beside one
   * that they have to do with.
   */
  hasToDoWith({ type, id }: About): boolean {
    const households =
      type === "Person"
        ? this.#register.householdsOf(id)
        : [this.#register.household(id)].filter((one) => !!one);
    return households.some((household) =>
      household.members.some(
        (member) =>
          (type === "Family" || member.id === id) &&
          (this.#tieTo(household, member) !== "NONE" || worksWith(this.#register, this.#asker, household)),
      ),
    );
  }

  #tieTo(household: Household, person: PersonRow): Relation {
    return tieTo({ register: this.#register, asker: this.#asker, purpose: this.#purpose, household }, person);
  }

  #ofPerson(inquiry: Inquiry, id: string): Verdict {
    const household = this.#householdOf(id);
    const person = household?.members.find((one) => one.id === id);
    return verdictOn(household && person ? matterOf(inquiry, household, person) : matterOfStranger(inquiry));
  }

  /** Of a child with two households the one that the asker has most to do with; its own where both are alike. */
  #householdOf(personId: string): Household | undefined {
    const households = this.#register.householdsOf(personId).map((household) => {
      const person = household.members.find((one) => one.id === personId);
      return {
        household,
        place: person ? CLOSENESS.indexOf(this.#tieTo(household, person)) : CLOSENESS.length,
      };
    });
    return households.toSorted((one, other) => one.place - other.place)[0]?.household;
  }

  /** What is about a household is about each of its members: the strictest counts. */
  #ofFamily(inquiry: Inquiry, id: string): Verdict {
    const household = this.#register.household(id);
    const verdicts = (household?.members ?? []).map((one) =>
      verdictOn(matterOf(inquiry, household as Household, one)),
    );
    const [strictest] = verdicts.toSorted((one, other) => SEVERITY[other.outcome] - SEVERITY[one.outcome]);
    return strictest ?? verdictOn(matterOfStranger(inquiry));
  }
}
