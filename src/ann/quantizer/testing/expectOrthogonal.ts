import { expect } from 'vitest';

/** @param R `d × d`, row-major */
export function expectOrthogonal(R: Float32Array, d: number): void {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      let inner = 0;
      for (let c = 0; c < d; c++) inner += R[i * d + c]! * R[j * d + c]!;
      expect(Math.abs(inner - (i === j ? 1 : 0))).toBeLessThan(1e-6);
    }
  }
}
