import type { Machine } from './poolSize.ts';

/** What the browser tells of the machine that it runs on. */
export function thisMachine(): Machine {
  const { deviceMemory: memoryGb } = navigator as { readonly deviceMemory?: number };
  return { cores: navigator.hardwareConcurrency, memoryGb };
}
