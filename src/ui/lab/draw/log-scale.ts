/** From the values of a chart to its pixels. */
export interface ChartScale {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (value: number) => number;
  readonly y: (share: number) => number;
}

const [LEFT, RIGHT, TOP, BOTTOM] = [48, 18, 26, 42];

/** A logarithmic x axis, and shares from `floor` to 1. */
export function chartScale(chart: {
  readonly width: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
  readonly floor: number;
}): ChartScale {
  const { width, height, from, to, floor } = chart;
  const [left, right, top, bottom] = [LEFT, width - RIGHT, TOP, height - BOTTOM];
  const decades = Math.log(to / from) || 1;
  return {
    ...{ width, height, left, right, top, bottom },
    x: (value) => left + ((right - left) * Math.log(value / from)) / decades,
    y: (share) => bottom - ((bottom - top) * (share - floor)) / (1 - floor || 1),
  };
}

/** Round values of a logarithmic axis: 1, 2 and 5 of each power of ten, or fewer. */
export function logMarks(from: number, to: number, most: number): number[] {
  for (const steps of [[1, 2, 5], [1, 3], [1]]) {
    const marks: number[] = [];
    for (let power = Math.floor(Math.log10(from)); 10 ** power <= to; power++) {
      for (const step of steps) {
        const mark = Number((step * 10 ** power).toPrecision(1));
        if (mark >= from && mark <= to) marks.push(mark);
      }
    }
    if (marks.length <= most || steps.length === 1) {
      const every = Math.ceil(marks.length / most);
      return marks.filter((_, i) => i % every === 0);
    }
  }
  return [];
}

/** Round shares from a lower end to 1. */
export function shareMarks(floor: number): number[] {
  const step = floor >= 0.75 ? 0.05 : floor >= 0.5 ? 0.1 : 0.2;
  const marks: number[] = [];
  for (let mark = 1; mark >= floor - 1e-9; mark -= step) marks.unshift(Number(mark.toFixed(2)));
  return marks;
}

/** The lower end for some shares: a round number below all. */
export function shareFloor(shares: readonly number[]): number {
  const least = Math.min(1, ...shares);
  return Math.max(0, Math.min(0.8, Math.floor((least - 0.02) * 5) / 5));
}
