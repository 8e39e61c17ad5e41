import type { BackendName, BackendReason } from '../../protocol/index.ts';
import { t } from './t.ts';

/** Backend names, untranslated. */
export const BACKENDS: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** What a backend runs on, or why it doesn't run. */
export function backendText({ code, device = 'none', slow, by }: BackendReason): string {
  switch (code) {
    case 'runs':
      return t('backends.runs', { device, slow: slow ? 'yes' : 'no' });
    case 'other-chosen':
    case 'faster-runs':
      return t(`backends.${code}`, { by: by ? BACKENDS[by] : '' });
    default:
      return t(`backends.${code}`);
  }
}
