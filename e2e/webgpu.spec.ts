import { openApp, startSession } from '../scripts/session.ts';
import { AkinPage, expect, test } from './fixtures/akin.ts';
import { sampleFiles } from './fixtures/pictures.ts';

/** WebGPU without a graphics card: right, and about fifty times slower than WASM. */
const SOFTWARE_GPU = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-webgpu-adapter=swiftshader',
];

test('WebGPU and WASM see two pictures alike', async () => {
  test.setTimeout(300_000);
  const paths = await sampleFiles(2);
  const vectorsOn = async (backend: 'webgpu' | 'wasm', port: number) => {
    const session = await startSession({ port, switches: SOFTWARE_GPU });
    try {
      await openApp(session);
      const report = await session.page.evaluate(
        (name) => window.akin!.chooseBackend(name),
        backend,
      );
      expect(report.active).toBe(backend);
      const before = (await new AkinPage(session.page).stats()).tensors;
      await new AkinPage(session.page).bringIn(paths);
      expect((await new AkinPage(session.page).stats()).tensors).toBe(before);
      return await session.page.evaluate(async () => {
        const { vectors, d } = await window.akin!.exportVectors();
        return { d, values: [...vectors] };
      });
    } finally {
      await session.close();
    }
  };
  const gpu = await vectorsOn('webgpu', 4176);
  const wasm = await vectorsOn('wasm', 4177);
  expect(gpu.values).toHaveLength(2 * gpu.d);
  for (let i = 0; i < 2; i++) {
    let cosine = 0;
    for (let j = i * gpu.d; j < (i + 1) * gpu.d; j++) cosine += gpu.values[j]! * wasm.values[j]!;
    expect(cosine).toBeGreaterThanOrEqual(0.999);
  }
});
