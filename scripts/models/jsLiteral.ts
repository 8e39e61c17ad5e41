/**
 * Reads one JavaScript literal (objects with bare keys, arrays, strings, numbers, `!0`, `!1`,
 * `null`) out of minified text, without running any of it. This is what a minifier makes of JSON.
 *
 * @param text the whole source
 * @param start where the literal begins
 * @throws Error at anything that is not such a literal
 */
export function readJsLiteral(text: string, start: number): unknown {
  let at = start;

  const fail = (wanted: string): never => {
    throw new Error(
      `expected ${wanted} at ${at}, found ${JSON.stringify(text.slice(at, at + 20))}`,
    );
  };

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };

  const string = (): string => {
    const found = take(/"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/y) ?? fail('a string');
    return JSON.parse(found) as string;
  };

  const list = <T>(close: string, item: () => T): T[] => {
    at += 1;
    const items: T[] = [];
    while (text[at] !== close) {
      items.push(item());
      if (text[at] === ',') at += 1;
      else if (text[at] !== close) fail(`a comma or ${close}`);
    }
    at += 1;
    return items;
  };

  const entry = (): [string, unknown] => {
    const key = text[at] === '"' ? string() : (take(/[A-Za-z_$][\w$]*/y) ?? fail('a key'));
    if (text[at] !== ':') fail('a colon');
    at += 1;
    return [key, value()];
  };

  const value = (): unknown => {
    const first = text[at];
    if (first === '{') return Object.fromEntries(list('}', entry));
    if (first === '[') return list(']', value);
    if (first === '"') return string();
    if (take(/!0|true\b/y) !== undefined) return true;
    if (take(/!1|false\b/y) !== undefined) return false;
    if (take(/null\b/y) !== undefined) return null;
    return Number(take(/-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/y) ?? fail('a literal'));
  };

  return value();
}
