// The name of an organisation within a sentence.

/** `The School Board` -> `the School Board`: an article of its own begins a name, and no word within a sentence. */
export const inSentence = (name: string): string => name.replace(/^The /, "the ");
