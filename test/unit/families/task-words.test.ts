// Every obligation that becomes a task has words for who has to do it.

import { TASK_TERMS } from "../../../gateway/privacy/obligations";
import { taskWords } from "../../../subgraphs/families/mapping/task-words";

test.each(Object.keys(TASK_TERMS))("says what %s asks, in Dutch and in English", (obligation) => {
  const words = taskWords(obligation);
  for (const sentence of [words?.nl, words?.en]) expect(sentence).toMatch(/^[A-Z].{20,160}\.$/);
  expect(words?.nl).not.toBe(words?.en);
});

test("has no words for what is no task", () => {
  expect(taskWords("NECESSITY")).toBeNull();
});
