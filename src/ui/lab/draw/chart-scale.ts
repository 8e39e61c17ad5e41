/** An axis of a chart, from one end to the other. */
export interface ChartAxis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** By powers instead of sums; both ends are then above 0. */
  readonly isLog?: boolean;
  /** Of the powers that are marked then. Default 10. */
  readonly base?: 2 | 10;
  readonly text: (value: number) => string;
}

/** Where a value lies on an axis: 0 at its start, 1 at its end. */
export function placeOn({ from, to, isLog = false }: ChartAxis, value: number): number {
  if (to <= from) return 0.5;
  if (isLog) return Math.log(value / from) / Math.log(to / from);
  return (value - from) / (to - from);
}

/** Values to mark: at most `most`, and round ones. */
export function ticksOf(
  { from, to, isLog = false, base = 10 }: ChartAxis,
  most = 5,
): readonly number[] {
  if (to <= from) return [from];
  return isLog ? logTicks(from, to, base, most) : linearTicks(from, to, most);
}

function linearTicks(from: number, to: number, most: number): number[] {
  const power = 10 ** Math.floor(Math.log10((to - from) / most));
  const step = [1, 2, 5, 10, 20, 50].map((n) => n * power).find((n) => (to - from) / n <= most)!;
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + 1e-9 * step; i++) {
    // Not a sum of steps, which would drift.
    ticks.push(Number((i * step).toPrecision(12)));
  }
  return ticks;
}

function logTicks(from: number, to: number, base: number, most: number): number[] {
  for (const power of [1, 2, 3, 4, 6]) {
    const factor = base ** power;
    const first = Math.ceil(Math.log(from) / Math.log(factor) - 1e-9);
    const last = Math.floor(Math.log(to) / Math.log(factor) + 1e-9);
    if (last - first + 1 > most) continue;
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
      Number((factor ** (first + i)).toPrecision(12)),
    );
  }
  return [from, to];
}
