/** Formats a call of `akin.lab` as one would write it. */
export function labCall(method: string, request: object, ...more: readonly string[]): string {
  return ['await', call(method, request, more)].join(' ');
}

/** The same for several calls at once. */
export function labCalls(method: string, requests: readonly object[]): string {
  const calls = requests.map((request) => call(method, request)).join(', ');
  return ['await', `Promise.all([${calls}])`].join(' ');
}

function call(method: string, request: object, more: readonly string[] = []): string {
  return `akin.lab.${method}(${[written(request), ...more].join(', ')})`;
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? `'${value}'` : String(value);
  }
  const entries = Object.entries(value).map(([key, each]) => `${key}: ${written(each)}`);
  return `{ ${entries.join(', ')} }`;
}
