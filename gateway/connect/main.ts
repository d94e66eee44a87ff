// The connect command as a process.

import { runConnectCommand } from "./connect-command";

void runConnectCommand(process.argv.slice(2), process.env, {
  print: (text) => process.stdout.write(`${text}\n`),
  say: (text) => process.stderr.write(`${text}\n`),
  ...(process.stdin.isTTY ? { terminal: { input: process.stdin, output: process.stderr } } : {}),
}).then((code) => {
  process.exitCode = code;
  return code;
});
