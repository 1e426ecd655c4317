/** Runs in plain Node. Takes secrets out of whatever is shown, logged or copied. */

const secretNames = /([?&](?:api_key|api_secret)=)[^&#\s]*/gi;

/** A path with its query, the values of keys and secrets masked. */
export function redactQuery(text: string): string {
  return text.replace(secretNames, '$1***');
}
