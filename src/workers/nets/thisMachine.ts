import type { Machine } from './poolSize.ts';

/** What the browser reveals about the device. */
export function thisMachine(): Machine {
  const { deviceMemory: memoryGb } = navigator as { readonly deviceMemory?: number };
  return { cores: navigator.hardwareConcurrency, memoryGb };
}
