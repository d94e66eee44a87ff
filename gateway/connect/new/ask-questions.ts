// Asks at a terminal what the command was not told.

import { createInterface } from "node:readline";
import { answerTo, QUESTIONS, type NewAnswers } from "./new-organisation";

/** Where is asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Asks each question that has no answer yet; an empty answer means what stands between the brackets. */
export async function askQuestions(given: NewAnswers, { input, output }: Terminal): Promise<NewAnswers> {
  // Lines are taken from a list, so that none is lost that was typed, or pasted, before its question.
  const reader = createInterface({ input });
  const lines = reader[Symbol.asyncIterator]();
  try {
    let answers = given;
    for (const question of QUESTIONS) {
      if (answers[question.answer] !== undefined) continue;
      const byDefault = answerTo(question, answers);
      const hint = byDefault === undefined ? "" : ` [${byDefault}]`;
      output.write(`${question.text}${hint}: `);
      // One after the other: what an empty answer means follows from the answers before it.
      // oxlint-disable-next-line no-await-in-loop
      const { value = "" } = (await lines.next()) as { readonly value?: string };
      const typed = value.trim();
      answers = { ...answers, [question.answer]: typed === "" ? byDefault : typed };
    }
    return answers;
  } finally {
    reader.close();
  }
}
