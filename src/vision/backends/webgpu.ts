import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { StartedBackend, StartOptions } from './started.ts';
import { Unavailable } from './started.ts';

// What TF.js asks for: its kernels size their work groups by these.
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

/** Gets the adapter and the device ourselves, to say what is wrong and to hear of its loss. */
export async function startWebGpu({ forced }: StartOptions): Promise<StartedBackend> {
  // The types promise it, browsers do not.
  const gpu = navigator.gpu as GPU | undefined;
  if (gpu === undefined) throw new Unavailable('This browser has no WebGPU.');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Unavailable('No graphics adapter was found.');
  if (!forced && isSoftware(adapter.info)) {
    throw new Unavailable('The only graphics adapter is a software one, slower than WebAssembly.');
  }
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({
      requiredLimits: Object.fromEntries(wantedLimits.map((name) => [name, adapter.limits[name]])),
    });
  } catch (cause) {
    throw new Unavailable(`The graphics driver gave no device: ${String(cause)}`);
  }
  return {
    backend: new WebGPUBackend(device, adapter.info),
    detail: ` on ${partsOf(adapter.info).join(' ') || 'a graphics adapter'}`,
    lost: device.lost.then(({ message, reason }) => message || reason),
    stop: () => device.destroy(),
  };
}
