import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { preview } from 'vite';
import { expect, test } from './fixtures/akin.ts';
import { sampleFiles, scratch } from './fixtures/pictures.ts';

const PHOTOS = 12;
const BACKEND = /^(wasm|webgl|webgpu|cpu)-[^.]+\.js$/;

/**
 * A build whose backends import the nets' worker once more, by another address: as WebKit did it by
 * itself where a chunk imported a worker's entry.
 */
function buildThatRunsTwice(): { outDir: string; repair: () => void } {
  const outDir = join(scratch(), 'dist');
  cpSync('dist', outDir, { recursive: true });
  const assets = join(outDir, 'assets');
  const read = (name: string) => readFileSync(join(assets, name), 'utf8');
  // The entry does nothing but import the chunk that holds the worker.
  const chunk = readdirSync(assets)
    .filter((name) => /^nets\.worker-.*\.js$/.test(name))
    .map((name) => /^import"\.\/(nets\.worker-[^"]+)"/.exec(read(name))?.[1])
    .find((name) => name !== undefined);
  if (!chunk) throw new Error('The entry of the nets’ worker is no longer one import.');
  const backends = readdirSync(assets).filter((name) => BACKEND.test(name));
  for (const name of backends) {
    writeFileSync(join(assets, name), `import"./${chunk}?again";${read(name)}`);
  }
  return {
    outDir,
    repair: () => {
      for (const name of backends) cpSync(join('dist/assets', name), join(assets, name));
    },
  };
}

test.use({ serviceWorkers: 'block' });

test('a worker that answers unconfigured stops the import, and fails no photo', async ({
  akin,
}) => {
  const { page } = akin;
  const { outDir, repair } = buildThatRunsTwice();
  const server = await preview({ build: { outDir }, preview: { port: 0 } });
  try {
    const { port } = server.httpServer.address() as AddressInfo;
    await akin.open(`http://localhost:${port}/`);
    // Those of the first calls come through: they were under way before the second worker was there.
    await akin.choose(await sampleFiles(PHOTOS));
    await page.waitForFunction(() => window.akin!.progress.get().state === 'stopped');
    expect(await page.evaluate(() => window.akin!.progress.get())).toMatchObject({
      code: 'not-configured',
      failed: 0,
    });
    expect(await akin.failures()).toEqual([]);

    // That worker was let go, so that the next one does what is left.
    repair();
    await page.evaluate(() => window.akin!.resume());
    await akin.ready();
    expect(await akin.failures()).toEqual([]);
    await akin.expectPhotos(PHOTOS);
  } finally {
    await server.close();
  }
});
