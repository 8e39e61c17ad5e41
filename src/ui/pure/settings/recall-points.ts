import type { IndexKind, IndexSpec, MeasureRow } from '../../../protocol/index.ts';
import { KINDS, specName } from './index-text.ts';

/** All measurements of one index: a line of the chart and a group of table rows. */
export interface RecallGroup {
  readonly key: string;
  readonly kind: IndexKind;
  readonly spec: IndexSpec;
  readonly name: string;
  /** Number of preceding groups of the same type. */
  readonly variant: number;
  /** Fastest first. */
  readonly rows: readonly MeasureRow[];
}

/**
 * Groups measurements by index, in the usual order of types. If the same index was searched twice
 * with equal parameters, as can happen in small libraries, the first search wins.
 */
export function recallGroups(rows: readonly MeasureRow[]): readonly RecallGroup[] {
  const found = new Map<string, MeasureRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(row.spec);
    const group = found.get(key);
    if (!group) found.set(key, [row]);
    else if (!group.some((each) => sameSearch(each, row))) group.push(row);
  }
  const variants = new Map<IndexKind, number>();
  return [...found]
    .map(([key, group]) => ({ key, spec: group[0]!.spec, rows: group }))
    .sort((a, b) => KINDS.indexOf(a.spec.kind) - KINDS.indexOf(b.spec.kind))
    .map(({ key, spec, rows: group }) => {
      const variant = variants.get(spec.kind) ?? 0;
      variants.set(spec.kind, variant + 1);
      return {
        key,
        kind: spec.kind,
        spec,
        name: specName(spec),
        variant,
        rows: [...group].sort((a, b) => a.msMedian - b.msMedian || a.recall10 - b.recall10),
      };
    });
}

function sameSearch(a: MeasureRow, b: MeasureRow): boolean {
  return JSON.stringify(a.search) === JSON.stringify(b.search);
}

/** Below the resolution of a browser's clock; a logarithmic axis has no 0. */
const LEAST_MS = 0.001;

export interface RecallPoint {
  readonly ms: number;
  readonly recall: number;
  /** Index into the groups. */
  readonly group: number;
  readonly row: MeasureRow;
}

/** All rows as points, by increasing time. */
export function recallPoints(groups: readonly RecallGroup[]): readonly RecallPoint[] {
  return groups
    .flatMap(({ rows }, group) =>
      rows.map((row) => ({
        ms: Math.max(LEAST_MS, row.msMedian),
        recall: row.recall10,
        group,
        row,
      })),
    )
    .sort((a, b) => a.ms - b.ms);
}

/** Tick values of a logarithmic time axis: 1, 2 and 5 of each power of ten in range. */
export function timeMarks(from: number, to: number): number[] {
  const marks: number[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power++) {
    for (const step of [1, 2, 5]) {
      const mark = Number((step * 10 ** power).toPrecision(1));
      if (mark >= from && mark <= to) marks.push(mark);
    }
  }
  return marks;
}

/** Lower end of the recall axis, 0 to 0.9: a round number below all points. */
export function recallFloor(points: readonly RecallPoint[]): number {
  const least = Math.min(1, ...points.map(({ recall }) => recall));
  return Math.max(0, Math.min(0.9, Math.floor((least - 0.02) * 10) / 10));
}

/** The search with the highest recall for each index; the fastest one on ties. */
export function bestRows(
  groups: readonly RecallGroup[],
): readonly { readonly name: string; readonly row: MeasureRow }[] {
  return groups.map(({ name, rows }) => ({
    name,
    row: rows.reduce((a, b) => (b.recall10 > a.recall10 ? b : a)),
  }));
}
