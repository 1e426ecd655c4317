// Runs on the system's Node (20 or later), without any package. Messages go to stderr: stdout is for results.

/** Prints one line of progress. */
export function say(text) {
  process.stderr.write(`almagest: ${text}\n`);
}

/** Ends with a message that says what is wrong and what to do. */
export function fail(text, code = 1) {
  process.stderr.write(`\nalmagest: ${text}\n`);
  process.exit(code);
}
