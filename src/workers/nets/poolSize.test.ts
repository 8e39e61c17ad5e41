import { expect, it } from 'vitest';
import { poolSize } from './poolSize.ts';

const machine = (cores: number, memoryGb?: number) => ({ cores, memoryGb });

it('uses one worker per core for single-threaded backends, four at most', () => {
  expect([1, 2, 3, 8].map((cores) => poolSize('wasm', machine(cores, 8)))).toEqual([1, 2, 3, 4]);
  expect(poolSize('cpu', machine(8))).toBe(4);
});

it('uses two workers at most if memory is low', () => {
  expect(poolSize('wasm', machine(8, 4))).toBe(2);
  expect(poolSize('wasm', machine(1, 0.5))).toBe(1);
});

it('uses one worker on a GPU', () => {
  expect([poolSize('webgpu', machine(8, 8)), poolSize('webgl', machine(8, 8))]).toEqual([1, 1]);
});
