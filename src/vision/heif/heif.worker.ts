import { AkinError, errorReport, toAkinError } from '../../base/errors.ts';
import { openModels } from '../models.ts';
import { type HeifReply, type HeifRequest, stopped } from './heifDecoder.ts';
import { decodeHeif, type Libheif, type LibheifFactory } from './libheif.ts';

declare const self: DedicatedWorkerGlobalScope;

const LIBRARY = 'libheif/libheif.js';
const BINARY = 'libheif/libheif.wasm';

/**
 * libheif stays in separate files, which may be replaced by another build: see docs/heic.md. Both
 * are checked against the manifest before running.
 */
async function load(): Promise<Libheif> {
  const modelsUrl = new URL(`${import.meta.env.BASE_URL}models/`, self.location.origin);
  try {
    const files = await openModels(modelsUrl.href);
    const [wasmBinary] = await Promise.all([files.bytes(BINARY), files.bytes(LIBRARY)]);
    const url = new URL(LIBRARY, modelsUrl).href;
    const { default: start } = (await import(/* @vite-ignore */ url)) as {
      default: LibheifFactory;
    };
    const quiet = () => {};
    return await start({ wasmBinary, print: quiet, printErr: quiet });
  } catch (cause) {
    throw new AkinError(
      'decoder-missing',
      `Akin’s HEIC decoder could not be loaded. Check the connection and try again; once it is loaded, it is kept on this device. (${toAkinError(cause).message})`,
      { cause },
    );
  }
}

let library: Promise<Libheif> | undefined;

self.onmessage = async ({ data }: MessageEvent<HeifRequest>) => {
  const reply = (news: HeifReply, transfer: Transferable[] = []) =>
    self.postMessage(news, transfer);
  try {
    library ??= load();
    const lib = await library;
    reply({ state: 'began' });
    const { width, height, pixels } = decodeHeif(lib, data.bytes, data.shortSide);
    const bitmap = await createImageBitmap(new ImageData(pixels.data, pixels.width, pixels.height));
    const heapBytes = lib.HEAPU8.length;
    reply({ state: 'done', picture: { bitmap, width, height }, heapBytes }, [bitmap]);
  } catch (thrown) {
    // An exception from the library itself leaves its memory in an undefined state.
    const known = thrown instanceof AkinError;
    const error = errorReport(known ? thrown : stopped());
    const { code } = error;
    if (code === 'decoder-missing') library = undefined;
    reply({ state: 'failed', ...error, fatal: !known || code === 'decoder-failed' });
  }
};
