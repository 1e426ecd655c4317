/** Pure. Texts with what was searched for marked in them. */
export interface TextPart {
  text: string;
  isMatch: boolean;
}

/** Parts of a text, those that match marked. Case is ignored; an empty wish matches nothing. */
export function matchParts(text: string, wanted: string): TextPart[] {
  const sought = wanted.trim().toLowerCase();
  const lower = text.toLowerCase();
  // Folding may change the length of rare signs; places would be wrong then, so nothing is marked.
  if (sought === '' || lower.length !== text.length) return [{ text, isMatch: false }];
  const parts: TextPart[] = [];
  let from = 0;
  for (let at = lower.indexOf(sought); at !== -1; at = lower.indexOf(sought, from)) {
    if (at > from) parts.push({ text: text.slice(from, at), isMatch: false });
    parts.push({ text: text.slice(at, at + sought.length), isMatch: true });
    from = at + sought.length;
  }
  if (from < text.length || parts.length === 0) {
    parts.push({ text: text.slice(from), isMatch: false });
  }
  return parts;
}
