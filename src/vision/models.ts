import type { io } from '@tensorflow/tfjs-core';
import { AkinError } from '../base/errors.ts';
import type { Manifest } from './manifest.ts';
import { checkBytes, readManifest } from './manifest.ts';

export type BytesProgress = (loadedBytes: number, totalBytes: number) => void;

/**
 * The model files of one folder, fetched from the app's own origin and checked against the manifest
 * before use. Not cached here: the HTTP cache and the service worker do that.
 */
export interface ModelFiles {
  /** SHA-256 of a file from the manifest, hex. */
  sha256(path: string): string;
  /** @throws AkinError `model-missing`, `model-corrupt` */
  bytes(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws AkinError `model-missing`, `model-corrupt` */
  json(path: string): Promise<unknown>;
}

const missing = (path: string, why: string, cause?: unknown): AkinError =>
  new AkinError(
    'model-missing',
    `The model file ${path} could not be loaded (${why}). Check the connection, then try again or reload the page.`,
    { cause },
  );

async function fetchFile(modelsUrl: string, path: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(new URL(path, modelsUrl), { credentials: 'same-origin' });
  } catch (cause) {
    throw missing(path, 'no answer', cause);
  }
  if (!response.ok) throw missing(path, `answer ${response.status}`);
  return response;
}

/** Reads a body of known length; rejects a longer one without buffering it. */
async function readBody(
  path: string,
  response: Response,
  length: number,
  onBytes: (count: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let at = 0;
  try {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      if (at + part.value.length > length) {
        await reader?.cancel();
        throw new AkinError(
          'model-corrupt',
          `The model file ${path} is longer than it should be. Reload the page; if that does not help, install Akin again.`,
        );
      }
      bytes.set(part.value, at);
      at += part.value.length;
      onBytes(part.value.length);
    }
  } catch (cause) {
    if (cause instanceof AkinError) throw cause;
    throw missing(path, 'the connection broke', cause);
  }
  return bytes.subarray(0, at);
}

/**
 * Fetches and checks the manifest.
 *
 * @param modelsUrl absolute URL of the folder `models/`, ending in a slash
 * @throws AkinError `model-missing`, `model-corrupt`
 */
export async function openModels(
  modelsUrl: string,
  onProgress?: BytesProgress,
): Promise<ModelFiles> {
  const response = await fetchFile(modelsUrl, 'manifest.json');
  let json: unknown;
  try {
    json = await response.json();
  } catch {
    json = undefined;
  }
  const manifest: Manifest = readManifest(json);
  let loaded = 0;
  let total = 0;

  const entryOf = (path: string) => {
    const entry = manifest.get(path);
    if (entry === undefined) throw missing(path, 'it is not in the list of model files');
    return entry;
  };

  const bytes = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
    const entry = entryOf(path);
    total += entry.bytes;
    const body = await readBody(path, await fetchFile(modelsUrl, path), entry.bytes, (count) => {
      loaded += count;
      onProgress?.(loaded, total);
    });
    await checkBytes(path, body, entry);
    return body;
  };

  return {
    sha256: (path) => entryOf(path).sha256,
    bytes,
    json: async (path) => JSON.parse(new TextDecoder().decode(await bytes(path))) as unknown,
  };
}

/**
 * A graph model (`<id>/model.json` and its weights) in TF.js's format. The bytes are our own pinned
 * files, so their inner structure is trusted.
 *
 * @throws AkinError `model-missing`, `model-corrupt`
 */
export async function loadArtifacts(files: ModelFiles, id: string): Promise<io.ModelArtifacts> {
  const model = (await files.json(`${id}/model.json`)) as io.ModelJSON;
  const paths = model.weightsManifest.flatMap((group) => group.paths);
  const weights = await Promise.all(paths.map((path) => files.bytes(`${id}/${path}`)));
  return {
    format: model.format ?? 'graph-model',
    modelTopology: model.modelTopology,
    ...(model.signature && { signature: model.signature }),
    weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
    weightData: weights.map(({ buffer }) => buffer),
  };
}
