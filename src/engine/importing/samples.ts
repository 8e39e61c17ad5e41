import { AkinError } from '../../base/errors.ts';
import type { Credit, ImportFile } from '../../protocol/index.ts';

/** One picture's entry in the pack's `samples.json`. */
export interface SampleItem {
  /** Archive path, `<class>/<slug>.webp`. */
  readonly file: string;
  /** Readable name, such as "Handbag". */
  readonly name: string;
  readonly class: string;
  readonly credit: string;
  /** SPDX identifier. */
  readonly licence: string;
  readonly source: string;
}

/** Fetches the sample pack from Akin's own origin and unpacks it. */
export async function loadSamples(url: string): Promise<ImportFile[]> {
  const [{ unzipSync, strFromU8 }, bytes] = await Promise.all([import('fflate'), download(url)]);
  try {
    const entries = unzipSync(bytes);
    const index = entries['samples.json'];
    if (!index) throw new Error('samples.json is missing');
    const { items } = JSON.parse(strFromU8(index)) as { items: SampleItem[] };
    return items.map((item) => {
      const picture = entries[item.file];
      if (!picture) throw new Error(`${item.file} is missing`);
      const name = `${item.name}${item.file.slice(item.file.lastIndexOf('.'))}`;
      const credit: Credit = { by: item.credit, licence: item.licence, source: item.source };
      return {
        file: new File([picture as Uint8Array<ArrayBuffer>], name),
        path: `Samples/${item.class}`,
        credit,
      };
    });
  } catch (cause) {
    throw new AkinError('corrupt', 'The sample pictures are damaged. Reload Akin and try again.', {
      cause,
      details: { reason: 'samples' },
    });
  }
}

async function download(url: string): Promise<Uint8Array> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new AkinError(
      'offline',
      'The sample pictures could not be fetched. Check the connection and try again.',
      { cause, details: { reason: 'samples' } },
    );
  });
  if (!response.ok) {
    throw new AkinError('not-found', 'The sample pictures are not part of this installation.', {
      details: { reason: 'samples' },
    });
  }
  return new Uint8Array(await response.arrayBuffer());
}
