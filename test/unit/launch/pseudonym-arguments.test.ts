// What the keys command understands about pseudonyms.

import { ArgumentError, readKeysArguments } from "../../../shared/launch/keys-command/keys-arguments";

test.each([
  ["rotate pseudonym save", { kind: "rotate", key: "pseudonym", organisation: "save" }],
  ["retire pseudonym veilig-thuis", { kind: "retire", key: "pseudonym", organisation: "veilig-thuis" }],
  ["rotate pseudonym save --batch 20", { kind: "rotate", key: "pseudonym", organisation: "save", batch: 20 }],
])("%s", (words, command) => {
  expect(readKeysArguments(words.split(" "))).toEqual(command);
});

test.each([
  "rotate pseudonym",
  "retire pseudonym",
  "rotate pseudonym save wss",
  "rotate pseudonym save --now",
  "rotate pseudonym save --batch 0",
  "rotate pseudonym save --batch 1001",
  "rotate pseudonym save --batch many",
  "rotate grant --batch 5",
  "status --batch 5",
  "renew pseudonym save",
])("refuses %s, and says what it does", (words) => {
  expect(() => readKeysArguments(words.split(" "))).toThrow(ArgumentError);
  expect(() => readKeysArguments(words.split(" "))).toThrow("rotate pseudonym <organisation>");
});
