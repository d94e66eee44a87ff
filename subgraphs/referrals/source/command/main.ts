// The queue command as a process.

import { runQueueCommand } from "./queue-command";

void runQueueCommand(process.argv.slice(2), process.env, {
  print: (text) => process.stdout.write(`${text}\n`),
  say: (text) => process.stderr.write(`${text}\n`),
}).then((code) => {
  process.exitCode = code;
  return code;
});
