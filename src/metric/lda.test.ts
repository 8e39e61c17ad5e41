import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { fitLda, type Lda, project } from './lda.ts';
import { LearnedMetric } from './learnedMetric.ts';

/**
 * A reference with nothing clever: the discriminants are the eigenvectors of `S⁻¹ B`, which the
 * cosines of `z = V⊤ S⁻¹ …` depend on only through the metric they induce. Two samples' product in
 * the space of the discriminants is `xᵀ S⁻¹ M (Mᵀ S⁻¹ M)⁺ Mᵀ S⁻¹ y`, with the centered class means
 * as the columns of `M`.
 */
function referenceProducts(
  rows: readonly (readonly number[])[],
  classes: readonly number[],
  shrinkage: number,
): number[][] {
  const d = rows[0]!.length;
  const mean = average(rows);
  const nclasses = Math.max(...classes) + 1;
  const means = Array.from({ length: nclasses }, (_, c) =>
    average(rows.filter((_row, i) => classes[i] === c)),
  );
  const S = square(d, (i, j) =>
    rows.reduce(
      (sum, row, s) =>
        sum +
        ((row[i]! - means[classes[s]!]![i]!) * (row[j]! - means[classes[s]!]![j]!)) / rows.length,
      0,
    ),
  );
  const trace = S.reduce((sum, row, i) => sum + row[i]!, 0);
  const shrunk = square(
    d,
    (i, j) => (1 - shrinkage) * S[i]![j]! + (i === j ? (shrinkage * trace) / d : 0),
  );
  const inverse = inverted(shrunk);
  // The means sum up to zero when classes are of one size: one of them follows from the others.
  const M = means.slice(1).map((each) => each.map((value, i) => value - mean[i]!));
  const form = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * inverse[i]!.reduce((s, w, j) => s + w * b[j]!, 0), 0);
  const gram = inverted(square(M.length, (i, j) => form(M[i]!, M[j]!)));
  const centered = rows.map((row) => row.map((value, i) => value - mean[i]!));
  const onto = centered.map((row) => M.map((each) => form(row, each)));
  return onto.map((a) =>
    onto.map((b) =>
      a.reduce((sum, value, i) => sum + value * gram[i]!.reduce((s, w, j) => s + w * b[j]!, 0), 0),
    ),
  );
}

const square = (d: number, at: (i: number, j: number) => number) =>
  Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_x, j) => at(i, j)));

function average(rows: readonly (readonly number[])[]): number[] {
  return rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
}

/** Gauss and Jordan. */
function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    let best = i;
    for (let j = i + 1; j < n; j++)
      if (Math.abs(rows[j]![i]!) > Math.abs(rows[best]![i]!)) best = j;
    [rows[i], rows[best]] = [rows[best]!, rows[i]!];
    const pivot = rows[i]![i]!;
    rows[i] = rows[i]!.map((value) => value / pivot);
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const factor = rows[j]![i]!;
      rows[j] = rows[j]!.map((value, k) => value - factor * rows[i]![k]!);
    }
  }
  return rows.map((row) => row.slice(n));
}

function samples(d: number, nclasses: number, each: number, noise: number) {
  const prng = createPrng(7);
  const centers = Array.from({ length: nclasses }, () =>
    Array.from({ length: d }, () => prng.normal()),
  );
  const rows: number[][] = [];
  const classes: number[] = [];
  for (let c = 0; c < nclasses; c++) {
    for (let i = 0; i < each; i++) {
      // Within a class, the first component varies most.
      rows.push(centers[c]!.map((value, j) => value + noise * (j === 0 ? 5 : 1) * prng.normal()));
      classes.push(c);
    }
  }
  return { rows, classes, flat: Float32Array.from(rows.flat()) };
}

function projected(lda: Lda, flat: Float32Array): Float64Array[] {
  return Array.from({ length: flat.length / lda.d }, (_, i) => {
    const z = new Float64Array(lda.r);
    project(lda, flat, i * lda.d, z, 0);
    return z;
  });
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('fitLda', () => {
  it.each([0.1, 0.5, 1])('equals the reference at shrinkage %s', (shrinkage) => {
    const { rows, classes, flat } = samples(6, 4, 5, 0.3);
    const lda = fitLda(flat, classes, 6, { shrinkage })!;
    expect(lda.r).toBe(3);
    const z = projected(lda, flat);
    const expected = referenceProducts(rows, classes, shrinkage);
    expected.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(dot(z[i]!, z[j]!)).toBeCloseTo(value, 2);
      });
    });
  });

  it('has at most d discriminants, and suppresses what varies within classes', () => {
    const { classes, flat } = samples(3, 8, 6, 0.5);
    const lda = fitLda(flat, classes, 3, { shrinkage: 0.5 })!;
    expect(lda.r).toBe(3);
    const gain = (axis: number) => {
      const [zero, one] = [new Float64Array(3), new Float64Array(3)];
      project(lda, [0, 0, 0], 0, zero, 0);
      project(
        lda,
        [0, 1, 2].map((i) => (i === axis ? 1 : 0)),
        0,
        one,
        0,
      );
      return Math.hypot(...one.map((value, i) => value - zero[i]!));
    };
    expect(gain(0)).toBeLessThan(0.6 * gain(1));
    expect(gain(0)).toBeLessThan(0.6 * gain(2));
  });

  it('is deterministic', () => {
    const { classes, flat } = samples(6, 4, 5, 0.3);
    const learned = () => fitLda(flat, classes, 6, { shrinkage: 0.5 });
    expect(learned()).toEqual(learned());
  });

  it('learns nothing from one class, from single samples or from equal ones', () => {
    const options = { shrinkage: 0.5 };
    expect(fitLda(Float32Array.of(1, 0, 0, 1), [0, 0], 2, options)).toBeNull();
    expect(fitLda(Float32Array.of(1, 0, 0, 1), [0, 1], 2, options)).toBeNull();
    expect(fitLda(Float32Array.of(1, 0, 1, 0, 0, 1), [0, 0, 1], 2, options)).toBeNull();
  });

  it('refuses wrong lengths, gaps in the classes and values that are not finite', () => {
    const options = { shrinkage: 0.5 };
    expect(() => fitLda(new Float32Array(5), [0, 1], 2, options)).toThrow(/5 values/);
    expect(() => fitLda(new Float32Array(6), [0, 2, 2], 2, options)).toThrow(/class 1/);
    expect(() => fitLda(Float32Array.of(1, 0, Number.NaN, 1, 0, 1), [0, 0, 1], 2, options)).toThrow(
      expect.objectContaining({ code: 'bad-vector' }),
    );
  });
});

describe('LearnedMetric', () => {
  it('appends the discriminants at their weight, to unit length', () => {
    const { classes, flat, rows } = samples(6, 4, 5, 0.3);
    const lda = fitLda(flat, classes, 6, { shrinkage: 0.5 })!;
    const metric = new LearnedMetric(6, lda, 2);
    expect(metric.size).toBe(9);
    const unit = rows.map((row) => Float32Array.from(row, (value) => value / Math.hypot(...row)));
    const [a, b] = unit.slice(0, 2).map((vector) => {
      const out = new Float32Array(9);
      metric.extend(vector, 0, out, 0);
      return out;
    });
    expect(dot(a!, a!)).toBeCloseTo(1, 5);
    const z = unit.slice(0, 2).map((vector) => projected(lda, vector)[0]!);
    const cosine = dot(z[0]!, z[1]!) / Math.sqrt(dot(z[0]!, z[0]!) * dot(z[1]!, z[1]!));
    expect(dot(a!, b!)).toBeCloseTo((dot(unit[0]!, unit[1]!) + 4 * cosine) / 5, 5);
  });

  it('leaves vectors as they are if nothing was learned', () => {
    const metric = new LearnedMetric(2, null, 2);
    const out = new Float32Array(2);
    metric.extend([0.6, 0.8], 0, out, 0);
    expect(metric.size).toBe(2);
    expect([...out]).toEqual([...Float32Array.of(0.6, 0.8)]);
  });
});
