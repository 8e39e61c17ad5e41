import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { StartedBackend, StartOptions } from './started.ts';
import { Unavailable } from './started.ts';

// The limits TF.js requests: its kernels size their work groups by them.
const wantedLimits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

const isSoftware = (info: GPUAdapterInfo): boolean =>
  info.isFallbackAdapter ||
  /swiftshader|llvmpipe|basic render/i.test(JSON.stringify(partsOf(info)));

const partsOf = (info: GPUAdapterInfo): string[] =>
  [info.vendor, info.architecture, info.description].filter((part) => part !== '');

/** Requests the adapter and device here, to report errors and detect the loss. */
export async function startWebGpu({ forced }: StartOptions): Promise<StartedBackend> {
  // The types promise it, but browsers may lack it.
  const gpu = navigator.gpu as GPU | undefined;
  if (gpu === undefined) throw new Unavailable({ code: 'unsupported' });
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Unavailable({ code: 'no-adapter' });
  if (!forced && isSoftware(adapter.info)) {
    throw new Unavailable({ code: 'software' });
  }
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({
      requiredLimits: Object.fromEntries(wantedLimits.map((name) => [name, adapter.limits[name]])),
    });
  } catch (cause) {
    throw new Unavailable({ code: 'no-device', detail: String(cause) });
  }
  return {
    backend: new WebGPUBackend(device, adapter.info),
    device: partsOf(adapter.info).join(' '),
    lost: device.lost.then(({ message, reason }) => message || reason),
    stop: () => device.destroy(),
  };
}
