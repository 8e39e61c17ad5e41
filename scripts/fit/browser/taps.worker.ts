/**
 * Sends each photo through the app's own decode and nets, and the raw taps back to the server:
 * `GET /photos/count`, `GET /photos/<i>`, `POST /taps/<i>` with both taps as float32 end to end.
 */
import { openBackend } from '../../../src/vision/backend.ts';
import { openModels } from '../../../src/vision/models.ts';
import { loadTapNets } from '../../../src/vision/netTaps.ts';
import { prepare } from '../../../src/vision/prepare.ts';

async function run(): Promise<string> {
  const modelsUrl = new URL('/models/', location.origin).href;
  const files = await openModels(modelsUrl);
  await openBackend({ files, force: 'wasm' });
  const nets = await loadTapNets(files);
  const count = Number(await (await fetch('/photos/count')).text());
  const load = async (i: number) => prepare(await (await fetch(`/photos/${i}`)).blob());
  let next = load(0);
  let netMs = 0;
  for (let i = 0; i < count; i++) {
    const prepared = await next;
    if (i + 1 < count) next = load(i + 1);
    const result = await nets.run([prepared]);
    netMs += result.netMs;
    await fetch(`/taps/${i}`, {
      method: 'POST',
      body: new Blob(result.taps[0]!.map((t) => new Float32Array(t))),
    });
  }
  return `done: ${(netMs / count).toFixed(0)} ms a photo in the nets`;
}

run().then(postMessage, (error: unknown) => postMessage(`failed: ${String(error)}`));
