// Checks on the few texts that a worker writes in their own words.

export { optionalTextOf, textOf, type TextLength } from "../../../shared/kernel/own-words";
