import { AkinError } from '../base/errors.ts';
import {
  type ExportContract,
  type PhotoId,
  VECTOR_FORMATS,
  type VectorFile,
  type VectorFileProgress,
  type VectorFormat,
  type WordLanguage,
} from '../protocol/index.ts';
import { WorkerClient } from '../rpc/workerClient.ts';
import type { CallOptions } from './callOptions.ts';
import type { AskLibrary } from './faces/faces.ts';
import type { MapApi } from './map/mapApi.ts';
import { wordLanguage } from './queries/wordLanguage.ts';

export interface VectorFileOptions extends CallOptions {
  /**
   * - `tsv`: an archive of `vectors.tsv` and `metadata.tsv`, for the Embedding Projector
   * - `parquet`: one table, for Embedding Atlas
   * - `npy`: an archive of `vectors.npy`, `ids.npy` and `metadata.tsv`, for NumPy
   * - `fvecs`: an archive of `vectors.fvecs` and `metadata.tsv`, for Faiss
   */
  readonly format: VectorFormat;
  /** The photos to export; all of the gallery if omitted. */
  readonly ids?: readonly PhotoId[] | undefined;
  /** Whether to export who is in the photos, too; `false` if omitted. */
  readonly people?: boolean | undefined;
  /** Of the words for what photos look like; the browser's if omitted. */
  readonly language?: WordLanguage | undefined;
  readonly onProgress?: ((progress: VectorFileProgress) => void) | undefined;
}

/** A file to save. */
export interface NamedVectorFile extends VectorFile {
  readonly name: string;
  /** Space of the vectors, and number of values of each. */
  readonly spaceId: string;
  readonly d: number;
}

const NAMES: Readonly<Record<VectorFormat, string>> = {
  tsv: 'akin-vectors-tsv.zip',
  parquet: 'akin-vectors.parquet',
  npy: 'akin-vectors-npy.zip',
  fvecs: 'akin-vectors-fvecs.zip',
};

/** Writes vectors and metadata to a file, in a worker of its own for each. */
export function createVectorFiles(
  ask: AskLibrary,
  map: Pick<MapApi, 'get'>,
  baseUrl: string,
): (options: VectorFileOptions) => Promise<NamedVectorFile> {
  // Absolute, because the worker is in another folder.
  const address = new URL(baseUrl, location.href).href;
  return async ({ format, ids, people = false, language = wordLanguage(), signal, onProgress }) => {
    if (!VECTOR_FORMATS.includes(format)) {
      throw new AkinError('invalid-argument', `There is no format ${String(format)}.`);
    }
    if (ids !== undefined && !(Array.isArray(ids) && ids.every(isId))) {
      throw new AkinError('invalid-argument', 'Photos are given as a list of their ids.');
    }
    // Not what is only almost true: names of people leave the library.
    const source = await ask('exportSource', [people === true], signal);
    const shown = await map.get({ ...(signal && { signal }) });
    const news = new MessageChannel();
    const client: WorkerClient<ExportContract> = new WorkerClient({
      name: 'export',
      spawn: () =>
        new Worker(new URL('../workers/export.worker.ts', import.meta.url), {
          type: 'module',
          name: 'akin-export',
        }),
      introduce: () => client.first('configure', [address, news.port2], [news.port2]),
      onDeath: () => {},
    });
    news.port1.onmessage = ({ data }: MessageEvent<VectorFileProgress>) => onProgress?.(data);
    try {
      const request = {
        format,
        source,
        ids: ids ?? null,
        language,
        map: shown && {
          ids: shown.ids,
          positions: shown.positions,
          clusters: shown.clusters,
        },
      };
      const file = await client.call('write', [request], { signal });
      return { ...file, name: NAMES[format], spaceId: source.spaceId, d: source.d };
    } finally {
      client.stop();
      news.port1.close();
    }
  };
}

function isId(id: unknown): boolean {
  return Number.isSafeInteger(id) && Number(id) > 0;
}
