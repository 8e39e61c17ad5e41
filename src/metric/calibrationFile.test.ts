import { expect, it } from 'vitest';
import { AkinError } from '../base/errors.ts';
import { createPrng } from '../base/prng.ts';
import type { Calibration } from './calibration.ts';
import { loadCalibration, saveCalibration } from './calibrationFile.ts';
import { learnClosedForm } from './methods.ts';
import { HeadCalibration } from './replaced.ts';
import { classSamples } from './testing/classSamples.ts';

const SPACE = 'visual-v2/0123456789ab/12';
const samples = classSamples({ classes: 4, each: 5, d: 12, seed: 3 });

function everyKind(): readonly Calibration[] {
  const prng = createPrng(9);
  const values = (length: number) => Float32Array.from({ length }, () => prng.normal());
  const { d } = samples;
  const closed = (['whitening', 'lda', 'ridge'] as const).map((method) => {
    const learned = learnClosedForm(method, samples)!;
    return learned.at(learned.weights.at(-1)!);
  });
  const none = new Float32Array(0);
  const linear = { d, hidden: 0, A: values(d * d), b: none, B: none };
  const deep = { d, hidden: 5, A: values(5 * d), b: values(5), B: values(d * 5) };
  return [
    ...closed,
    new HeadCalibration('triplet', linear, 0.5),
    new HeadCalibration('multi-similarity', deep, 1),
  ];
}

function extended(calibration: Calibration): Float32Array {
  const out = new Float32Array(calibration.size * samples.classes.length);
  for (let i = 0; i < samples.classes.length; i++) {
    calibration.extend(samples.vectors, i * samples.d, out, i * calibration.size);
  }
  return out;
}

const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'none';
  } catch (thrown) {
    return thrown instanceof AkinError ? thrown.code : String(thrown);
  }
};

it.each(everyKind().map((calibration, i) => [`${calibration.method} ${i}`, calibration] as const))(
  'restores %s with the same vectors, of unit length',
  (_name, calibration) => {
    const saved = saveCalibration(calibration, SPACE);
    const { calibration: loaded, spaceId } = loadCalibration(saved);
    expect(spaceId).toBe(SPACE);
    expect(loaded.method).toBe(calibration.method);
    expect(loaded.weight).toBeCloseTo(calibration.weight, 6);
    expect([...extended(loaded)]).toEqual([...extended(calibration)]);
    const first = extended(loaded).subarray(0, loaded.size);
    expect(Math.hypot(...first)).toBeCloseTo(1, 5);
    expect(new Uint8Array(saveCalibration(loaded, SPACE))).toEqual(new Uint8Array(saved));
  },
);

it('refuses what is not a calibration', () => {
  const good = saveCalibration(everyKind()[1]!, SPACE);
  const changed = (at: number, value: number) => {
    const bytes = good.slice(0);
    new DataView(bytes).setUint32(at, value, true);
    return codeOf(() => loadCalibration(bytes));
  };
  expect(codeOf(() => loadCalibration(new ArrayBuffer(0)))).toBe('truncated');
  expect(codeOf(() => loadCalibration(good.slice(0, good.byteLength - 4)))).toBe('truncated');
  expect(changed(0, 1)).toBe('bad-magic');
  expect(changed(4, 2)).toBe('too-new');
  expect(changed(4, 0)).toBe('corrupt');
  expect(changed(8, 99)).toBe('corrupt');
  expect(changed(12, 0)).toBe('corrupt');
  expect(changed(12, 0xffffffff)).toBe('corrupt');
  expect(changed(20, 0xffff)).toBe('truncated');
  expect(changed(32, 4_000)).toBe('corrupt');
  expect(changed(good.byteLength - 8, 0x7fc00000)).toBe('corrupt');
});

it('never throws anything but an AkinError, whichever byte is changed', () => {
  const prng = createPrng(5);
  for (const calibration of everyKind()) {
    const good = saveCalibration(calibration, SPACE);
    for (let i = 0; i < 400; i++) {
      const bytes = new Uint8Array(good.slice(0));
      const at = prng.below(i % 2 === 0 ? 40 : bytes.length);
      bytes[at] = bytes[at]! ^ (1 + prng.below(255));
      expect(['bad-magic', 'too-new', 'truncated', 'corrupt']).toContain(
        codeOf(() => loadCalibration(bytes.buffer)),
      );
    }
  }
});
