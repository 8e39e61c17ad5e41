import { readFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import { round } from './rows.ts';

/**
 * Resident memory of the page's process in MiB, code included: the browser's own figure omits the
 * WebAssembly memory of workers. `null` without `/proc`.
 */
export async function residentMegabytes(context: BrowserContext): Promise<number | null> {
  try {
    const session = await context.browser()?.newBrowserCDPSession();
    const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? {
      processInfo: [],
    };
    const kilobytes = processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => /^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8')))
      .map((match) => Number(match?.[1]));
    return kilobytes.length === 0 ? null : round(Math.max(...kilobytes) / 1024, 1);
  } catch {
    return null;
  }
}

/** Samples the memory of the page's process, in MiB; `stop` returns the peak. */
export function followMemory(context: BrowserContext, everyMs = 250) {
  let peak: number | null = null;
  let goesOn = true;
  const following = (async () => {
    while (goesOn) {
      const now = await residentMegabytes(context);
      if (now !== null) peak = Math.max(peak ?? 0, now);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  })();
  return {
    async stop(): Promise<number | null> {
      goesOn = false;
      await following;
      return peak;
    },
  };
}
