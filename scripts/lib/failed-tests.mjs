// The names of the tests that failed, read from the runner's own JSON report.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * One line a failed test (file, name, first line of why), and one for a file that could not be run.
 *
 * @param {string} path of the report
 * @returns {string[]}
 */
export function failedTests(path) {
  if (!existsSync(path)) return ['the tests left no report: the runner itself broke off'];
  const { testResults } = JSON.parse(readFileSync(path, 'utf8'));
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults.filter((one) => one.status === 'failed');
    if (failed.length === 0)
      return status === 'failed' ? [`failed: ${file}: ${first(message)}`] : [];
    return failed.map(
      ({ fullName, failureMessages }) =>
        `failed: ${file} > ${fullName}: ${first(failureMessages[0])}`,
    );
  });
}

/** @param {string | undefined} text */
function first(text = '') {
  return text.split('\n', 1)[0];
}
