// Makes the sample photos, public/samples/samples.zip, from npm packages: `npm run samples`.
import { buildSamples } from './samples/build.ts';

const root = new URL('../', import.meta.url);
const { index, made } = await buildSamples(root, new URL('public/samples/', root));
const size = `${index.count} pictures, ${(index.bytes / 1e6).toFixed(2)} MB`;
console.log(`Samples: ${size}, ${made ? 'made' : 'up to date'}.`);
