import type { io } from '@tensorflow/tfjs-core';
import { AkinError } from '../../base/errors.ts';
import type { NetSpec } from '../nets/spec.ts';
import { sha256 } from '../sha256.ts';
import type { BroughtFiles } from './readFiles.ts';

/** A model's files as stored: under Akin's own names, without anything unread. */
export interface PackedModel {
  /** `model.json` first. */
  readonly files: Readonly<Record<string, ArrayBuffer>>;
  readonly listed: NetSpec['files'];
  readonly artifacts: io.ModelArtifacts;
}

async function readShard(file: Blob): Promise<ArrayBuffer> {
  try {
    const bytes = await file.arrayBuffer();
    if (bytes.byteLength === file.size) return bytes;
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw new AkinError(
      'unreadable-file',
      'A file of the model could not be read. It may have been moved or changed; choose the files again.',
      {
        details: { reason: 'model' },
        cause,
      },
    );
  }
  throw new AkinError(
    'unreadable-file',
    'A file of the model has changed. Choose the files again.',
    { details: { reason: 'model' } },
  );
}

/**
 * Reads the weights of a checked model.
 *
 * @param onProgress bytes read so far
 * @throws AkinError `unreadable-file`, `aborted`; RangeError if memory is insufficient
 */
export async function packModel(
  { model, shards }: BroughtFiles,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (bytes: number) => void } = {},
): Promise<PackedModel> {
  const weights: [string, ArrayBuffer][] = [];
  let read = 0;
  for (const [i, { file }] of shards.entries()) {
    signal?.throwIfAborted();
    weights.push([`weights-${i + 1}.bin`, await readShard(file)]);
    read += file.size;
    onProgress?.(read);
  }
  let at = 0;
  const manifest = model.groups.map((group) => {
    const paths = group.paths.map(() => weights[at++]![0]);
    return { paths, weights: group.weights as io.WeightsManifestEntry[] };
  });
  const json = {
    format: model.format,
    modelTopology: model.topology,
    ...(model.signature && { signature: model.signature }),
    weightsManifest: manifest,
  };
  const text = new TextEncoder().encode(JSON.stringify(json)).buffer as ArrayBuffer;
  const files = { 'model.json': text, ...Object.fromEntries(weights) };
  const listed: Record<string, { bytes: number; sha256: string }> = {};
  for (const [path, bytes] of Object.entries(files)) {
    listed[path] = { bytes: bytes.byteLength, sha256: await sha256(bytes) };
  }
  return {
    files,
    listed,
    artifacts: {
      format: model.format,
      modelTopology: model.topology,
      ...(model.signature && { signature: model.signature as io.ModelArtifacts['signature'] }),
      weightSpecs: manifest.flatMap((group) => group.weights),
      weightData: weights.map(([, bytes]) => bytes),
    } as io.ModelArtifacts,
  };
}
