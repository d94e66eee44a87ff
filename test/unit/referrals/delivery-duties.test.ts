// Everything that follows from a failed delivery for people has words for who has to do it.

import { DELIVERY_DUTIES } from "../../../shared/database/dead-letter";
import { taskWords } from "../../../subgraphs/families/mapping/task-words";

test.each(Object.keys(DELIVERY_DUTIES))("says what %s asks, in Dutch and in English", (duty) => {
  const words = taskWords(duty);
  for (const sentence of [words?.nl, words?.en]) expect(sentence).toMatch(/^[A-Z].{20,160}\.$/);
  expect(words?.nl).not.toBe(words?.en);
});
