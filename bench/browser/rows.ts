/**
 * Prints a result: one JSON object per line on standard output; all else goes to standard error.
 */
export function printRow(row: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Linear interpolation between the closest ranks. `values` may be unsorted; `p` in [0, 1]. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (at - low);
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
