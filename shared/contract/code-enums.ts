// The kernel's code lists as GraphQL enums: use them as the type of a field, `@Field(() => PurposeCode)`.

import { registerEnumType } from "type-graphql";
import { AgeBand, Category, FamilyRole, Purpose, WorkerFunction } from "../kernel/codes";

function asEnum<T extends object>(list: T, name: string, description: string): T {
  registerEnumType(list, { name, description });
  return list;
}

/** The enum behind @category; the kit maps it to the one that the directive carries, so it is not registered again. */
export const CategoryCode = Category;
export const PurposeCode = asEnum(Purpose, "Purpose", "What something is for (doel).");
export const WorkerFunctionCode = asEnum(WorkerFunction, "WorkerFunction", "Function of a worker (functie).");
export const FamilyRoleCode = asEnum(
  FamilyRole,
  "FamilyRole",
  "Place in the household (rol): CHILD jeugdige, PARENT ouder, OTHER ander.",
);
export const AgeBandCode = asEnum(
  AgeBand,
  "AgeBand",
  "Age band that the consent rules know (leeftijdsgroep).",
);
