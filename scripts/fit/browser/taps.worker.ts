/**
 * Sends each photo through the app's own decode and net, and the pooled features back to the server:
 * `GET /photos/count`, `GET /photos/<i>`, `POST /taps/<i>` with the features as float32.
 */
import { openBackend } from '../../../src/vision/backend.ts';
import { openModels } from '../../../src/vision/models.ts';
import { loadNet } from '../../../src/vision/nets/loadNet.ts';
import { readNetSpec } from '../../../src/vision/nets/spec.ts';
import { prepare } from '../../../src/vision/prepare.ts';

async function run(): Promise<string> {
  const modelsUrl = new URL('/models/', location.origin).href;
  const files = await openModels(modelsUrl);
  await openBackend({ files, force: 'wasm' });
  const spec = readNetSpec(await files.json('efficientnet-lite1/spec.json'));
  const net = await loadNet(files, spec, 1);
  const count = Number(await (await fetch('/photos/count')).text());
  const load = async (i: number) => prepare(await (await fetch(`/photos/${i}`)).blob());
  let next = load(0);
  let netMs = 0;
  for (let i = 0; i < count; i++) {
    const prepared = await next;
    if (i + 1 < count) next = load(i + 1);
    const result = await net.run([prepared.input]);
    netMs += result.netMs;
    const features = new Float32Array(result.readings[0]!.features);
    await fetch(`/taps/${i}`, { method: 'POST', body: new Blob([features]) });
  }
  return `done: ${(netMs / count).toFixed(0)} ms a photo in the net`;
}

run().then(postMessage, (error: unknown) => postMessage(`failed: ${String(error)}`));
