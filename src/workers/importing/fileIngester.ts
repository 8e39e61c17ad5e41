import { errorReport } from '../../base/errors.ts';
import type { ImportFile, ImportItem, PhotoId, StageReport } from '../../protocol/index.ts';
import type { Jobs, RefusedFile, StageFile } from '../../store/index.ts';
import { fileBytes } from '../../vision/decoding/fileBytes.ts';
import { checkFileSize, inspect } from '../../vision/headers/inspect.ts';
import { isNoPhoto, isSystemFolder } from '../../vision/headers/skips.ts';
import { SNIFF_BYTES, sniffPicture } from '../../vision/headers/sniff.ts';
import { sha256 } from '../../vision/sha256.ts';
import { photoDate } from '../dates/photoDate.ts';
import { fileBatches } from './fileBatches.ts';

/**
 * Files read and hashed concurrently. Each read waits for the browser process, which waits for the
 * disk.
 */
const READ_WIDTH = 16;
/** Files up to this many bytes are read whole, without first reading their head. */
const READ_WHOLE = 2 ** 20;
/** Progress of one batch: its number of files, and how many of them are already done. */
export interface StagedPart {
  readonly files: number;
  readonly duplicates: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A report under construction. */
interface Growing extends StageReport {
  readonly queued: PhotoId[];
  readonly waiting: PhotoId[];
  readonly duplicates: PhotoId[];
  readonly restored: PhotoId[];
  readonly failed: PhotoId[];
  skipped: number;
  through: number;
}

/** A rejected file, with a key to identify it if it is too large to hash. */
interface Refused {
  readonly file: RefusedFile;
  readonly key: string;
}

type Read = { readonly good: StageFile } | { readonly refused: Refused } | typeof SKIPPED;

const SKIPPED = { skipped: true } as const;

/** Stages files: reads, checks and hashes them, and stores them safely. */
export class FileIngester {
  readonly #jobs: Jobs;
  /** Handles of rejected files, whose bytes are not stored, for retries. */
  readonly #refused = new Map<PhotoId, ImportFile>();
  /** Ids of rejected files by key, so a folder dropped twice isn't listed twice. */
  readonly #known = new Map<string, PhotoId>();

  constructor(jobs: Jobs) {
    this.#jobs = jobs;
  }

  /**
   * Stages files in small batches and reports each once it is stored. An error that stops it, such
   * as a full disk, is in the report, along with how far it got.
   *
   * @param again the files may have been staged before without an answer; waiting ones are then
   *   theirs
   * @throws AkinError `aborted`
   */
  async stage(
    files: readonly ImportItem[],
    signal: AbortSignal,
    onPart: (part: StagedPart) => void,
    again = false,
  ): Promise<StageReport> {
    const report: Growing = {
      queued: [],
      waiting: [],
      duplicates: [],
      restored: [],
      failed: [],
      skipped: 0,
      through: 0,
    };
    try {
      for (const part of fileBatches(files)) {
        onPart(await this.#stagePart(part, signal, report, again));
      }
    } catch (thrown) {
      signal.throwIfAborted();
      return { ...report, stopped: errorReport(thrown) };
    }
    return report;
  }

  async #stagePart(
    part: readonly ImportItem[],
    signal: AbortSignal,
    report: Growing,
    again: boolean,
  ): Promise<StagedPart> {
    const read = await mapWide(part, READ_WIDTH, readItem);
    signal.throwIfAborted();
    const good = read.flatMap((item) => ('good' in item ? [item.good] : []));
    const staged = await this.#jobs.stage(good);
    const failed = await this.#refuse(part, read);
    const skipped = read.filter((item) => 'skipped' in item).length;
    let queued = 0;
    for (const { outcome, id } of staged) {
      if (outcome === 'queued' || (outcome === 'waiting' && again)) {
        queued++;
        report.queued.push(id);
      } else if (outcome === 'waiting') {
        report.waiting.push(id);
      } else {
        report.duplicates.push(id);
        if (outcome === 'restored') report.restored.push(id);
      }
    }
    report.failed.push(...failed);
    report.skipped += skipped;
    report.through += part.length;
    const duplicates = staged.length - queued;
    return { files: part.length, duplicates, failed: failed.length, skipped };
  }

  /** The handles of rejected files; `null` for one that is gone. */
  handles(ids: readonly PhotoId[]): (ImportFile | null)[] {
    return ids.map((id) => this.#refused.get(id) ?? null);
  }

  forget(ids: readonly PhotoId[]): void {
    const gone = new Set(ids);
    for (const id of ids) this.#refused.delete(id);
    for (const [key, id] of this.#known) if (gone.has(id)) this.#known.delete(key);
  }

  async #refuse(part: readonly ImportItem[], read: readonly Read[]): Promise<PhotoId[]> {
    const known: PhotoId[] = [];
    const refused: Refused[] = [];
    const items: ImportItem[] = [];
    read.forEach((item, i) => {
      if (!('refused' in item)) return;
      const id = this.#known.get(item.refused.key);
      if (id !== undefined) {
        known.push(id);
        return;
      }
      refused.push(item.refused);
      items.push(part[i]!);
    });
    if (refused.length === 0) return known;
    const ids = await this.#jobs.stageFailed(refused.map(({ file }) => file));
    ids.forEach((id, i) => {
      const item = items[i]!;
      if ('file' in item) this.#refused.set(id, item);
      this.#known.set(refused[i]!.key, id);
    });
    return [...known, ...ids];
  }
}

async function readItem(item: ImportItem): Promise<Read> {
  if (!('file' in item)) {
    const key = JSON.stringify([item.path, item.name, item.code]);
    return { refused: { file: { ...item, bytes: 0, type: '' }, key } };
  }
  const { file, path = '', credit } = item;
  if (isSystemFolder(path)) return SKIPPED;
  const told = { name: file.name, path, bytes: file.size, type: file.type };
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  try {
    // Reject a multi-gigabyte video by its first bytes, without reading the rest.
    const whole = file.size <= READ_WHOLE;
    bytes = await fileBytes(whole ? file : file.slice(0, SNIFF_BYTES));
    const head = bytes.subarray(0, SNIFF_BYTES);
    if (isNoPhoto(file.name, file.type, head)) return SKIPPED;
    checkFileSize(file.size);
    if (!whole) {
      sniffPicture(head);
      bytes = await fileBytes(file);
    }
    const { type, mime } = inspect(bytes);
    const taken = await photoDate(type, bytes, file.lastModified);
    const hash = await sha256(bytes);
    // From the hashed bytes, not the file, which may change before it is written.
    const blob = new Blob([bytes], { type: mime });
    return { good: { ...told, type: mime, hash, credit, ...taken, blob } };
  } catch (thrown) {
    const error = errorReport(thrown, 'unreadable-file');
    const digest = bytes && (await sha256(bytes));
    // Two different files of the same name and size are two failures; only a full hash is
    // conclusive.
    const hash = bytes?.length === file.size ? digest : undefined;
    const key = JSON.stringify([path, file.name, file.size, digest ?? '', file.lastModified]);
    return { refused: { file: { ...told, hash, ...error }, key } };
  }
}

async function mapWide<T, R>(
  items: readonly T[],
  width: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const run = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await map(items[i]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, run));
  return results;
}
