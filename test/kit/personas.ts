// The fictitious people of the region that most tests run in.

import { personasOf, type Persona } from "../../shared/region/demo";
import { DEFAULT_REGION, loadRegion } from "../../shared/region/region";

export const PERSONAS: readonly Persona[] = personasOf(loadRegion(DEFAULT_REGION));

/** The persona with this code, if there is one. */
export const findPersona = (code: string): Persona | undefined => PERSONAS.find((one) => one.code === code);
