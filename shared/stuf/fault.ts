// What is wrong with a message, as the standard tells it (foutbericht): a code of StUF, who has to do something about it, and a
// sentence of a closed list. Never what stood in the message.

/** Codes that the hub answers with, and the sentence of the standard that goes with each (StUF 03.01). */
export const FAULT_CODES = {
  /** Not the message that is expected here. */
  StUF055: { place: "client", sentence: "Berichtbody is niet conform schema in sectormodel" },
  /** What it asks cannot be done, or not now. */
  StUF058: { place: "server", sentence: "Proces voor afhandelen bericht geeft fout" },
  /** It is about a case that is not known here. */
  StUF064: { place: "server", sentence: "Object niet gevonden" },
} as const;
export type FaultCode = keyof typeof FAULT_CODES;

/** A message that is refused: `detail` is a code of the hub's own. */
export class StufFault extends Error {
  override name = "StufFault";
  readonly code: FaultCode;
  readonly detail: string;

  constructor(code: FaultCode, detail: string) {
    super(FAULT_CODES[code].sentence);
    this.code = code;
    this.detail = detail;
  }
}

/** A message that is not as the standard has it. */
export const notConform = (detail: string): StufFault => new StufFault("StUF055", detail);
