/**
 * Runs each photo through the app's own decoder and models, and sends the pooled features to the
 * server: `GET /photos/nets`, `GET /photos/<i>`, `POST /taps/<i>` with the features as float32.
 */
import { openBackend } from '../../../src/vision/backends/backend.ts';
import { prepare } from '../../../src/vision/decoding/prepare.ts';
import { openModels } from '../../../src/vision/models.ts';
import { loadNet, type Net } from '../../../src/vision/nets/loadNet.ts';
import { readNetSpec } from '../../../src/vision/nets/spec.ts';

async function run(): Promise<string> {
  const modelsUrl = new URL('/models/', location.origin).href;
  const files = await openModels(modelsUrl);
  await openBackend({ files, force: 'wasm' });
  const { nets: ids, count } = (await (await fetch('/photos/nets')).json()) as {
    nets: string[];
    count: number;
  };
  const nets: Net[] = [];
  for (const id of ids) {
    nets.push(await loadNet(files, readNetSpec(await files.json(`${id}/spec.json`)), 1));
  }
  const inputs = nets.map(({ spec }) => spec.input);
  const load = async (i: number) =>
    prepare(await (await fetch(`/photos/${i}`)).blob(), undefined, { inputs });
  let next = load(0);
  let netMs = 0;
  for (let i = 0; i < count; i++) {
    const prepared = await next;
    if (i + 1 < count) next = load(i + 1);
    const features: Float32Array<ArrayBuffer>[] = [];
    for (const [n, net] of nets.entries()) {
      const result = await net.run([prepared.inputs[n]!]);
      netMs += result.netMs;
      features.push(new Float32Array(result.readings[0]!.features));
    }
    await fetch(`/taps/${i}`, { method: 'POST', body: new Blob(features) });
  }
  return `done: ${(netMs / count).toFixed(0)} ms a photo in the nets`;
}

run().then(postMessage, (error: unknown) => postMessage(`failed: ${String(error)}`));
