import { expect, it } from 'vitest';
import { AppendedCalibration, projectUnit } from './appended.ts';
import { cholesky } from './cholesky.ts';
import { invertLower, lengthAfter, multiplyLower } from './lowerTriangle.ts';
import { learnClosedForm } from './methods.ts';
import { fitRidge } from './ridge.ts';
import { classSamples } from './testing/classSamples.ts';

const D = 24;
const all = classSamples({ classes: 12, each: 12, d: D, seed: 8 });
const CUT = 6 * 12;
const taught = {
  d: D,
  vectors: all.vectors.subarray(0, CUT * D),
  classes: Array.from(all.classes).slice(0, CUT),
};

const dot = (a: Float32Array, i: number, j: number, d: number) => {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += a[i * d + k]! * a[j * d + k]!;
  return sum;
};

it('inverts a lower triangle', () => {
  const S = new Float64Array([4, 0, 0, 2, 5, 0, 1, 3, 6]);
  const L = cholesky(S, 3);
  const inverse = invertLower(L, 3);
  const x = [0.5, -1, 2];
  const b = new Float32Array(3);
  for (let i = 0; i < 3; i++) for (let j = 0; j <= i; j++) b[i] = b[i]! + L[i * 3 + j]! * x[j]!;
  const out = new Float32Array(3);
  multiplyLower(inverse, b, 0, out, 0, 3);
  x.forEach((value, i) => {
    expect(out[i]).toBeCloseTo(value, 5);
  });
  expect(lengthAfter(inverse, b, 0, new Float32Array(3), 3)).toBeCloseTo(Math.hypot(...x), 5);
});

it.each(['lda', 'ridge'] as const)('%s: cosines are those of both parts, weighted', (method) => {
  const learned = learnClosedForm(method, taught)!;
  const { r } = learned.appendix!;
  const calibration = new AppendedCalibration(learned.appendix!, 2);
  const n = all.classes.length;
  const out = new Float32Array(n * calibration.size);
  const units = new Float32Array(n * r);
  const sure = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    calibration.extend(all.vectors, i * D, out, i * calibration.size);
    sure[i] = projectUnit(learned.appendix!, all.vectors, i * D, units, i * r);
    expect(sure[i]).toBeGreaterThanOrEqual(0);
    expect(sure[i]).toBeLessThanOrEqual(1);
  }
  for (const [i, j] of [
    [0, 1],
    [3, 100],
    [90, 140],
  ] as const) {
    const [a, b] = [2 * sure[i]!, 2 * sure[j]!];
    const expected =
      (dot(all.vectors, i, j, D) + a * b * dot(units, i, j, r)) /
      Math.sqrt((1 + a * a) * (1 + b * b));
    expect(dot(out, i, j, calibration.size)).toBeCloseTo(expected, 5);
  }
});

it.each(['lda', 'ridge'] as const)('%s: is surer of classes that it was taught', (method) => {
  const { appendix } = learnClosedForm(method, taught)!;
  const scratch = new Float32Array(appendix!.r);
  const mean = (from: number, to: number) => {
    let sum = 0;
    for (let i = from; i < to; i++) {
      sum += projectUnit(appendix!, all.vectors, i * D, scratch, 0);
    }
    return sum / (to - from);
  };
  expect(mean(0, CUT)).toBeGreaterThan(mean(CUT, 2 * CUT) + 0.2);
});

it('fits the ridge regression that its normal equations define', () => {
  const { W, mean, priors, nclasses } = fitRidge(taught.vectors, taught.classes, D, 1)!;
  const n = taught.classes.length;
  let trace = 0;
  const centered = Float64Array.from(taught.vectors, (value, i) => value - mean[i % D]!);
  for (const value of centered) trace += (value * value) / n;
  // Gradient of the squared error plus the penalty is zero in every weight.
  for (const c of [0, nclasses - 1]) {
    for (const k of [0, 7, D - 1]) {
      let gradient = ((1 * trace) / D) * W[c * D + k]!;
      for (let i = 0; i < n; i++) {
        let y = 0;
        for (let j = 0; j < D; j++) y += W[c * D + j]! * centered[i * D + j]!;
        const target = (taught.classes[i] === c ? 1 : 0) - priors[c]!;
        gradient += ((y - target) * centered[i * D + k]!) / n;
      }
      expect(gradient).toBeCloseTo(0, 9);
    }
  }
});
