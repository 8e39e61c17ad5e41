// Files that most people never need. The first visit does not fetch them; once they were used they are
// kept, so that what uses them works offline from then on.

/** Folders under `models/` that are kept together, and deleted together. */
export interface LazyGroup {
  /** Name of the cache that keeps them. */
  readonly cache: string;
  readonly folders: readonly string[];
}

export const LAZY_GROUPS: readonly LazyGroup[] = [
  // Whoever leaves faces off does without their nets. Erasing everything about faces deletes the cache.
  { cache: 'akin-face-nets', folders: ['blazeface', 'facemesh', 'face_recognition_model'] },
  // What decodes HEIC pictures, of which many people have none.
  { cache: 'akin-heic-decoder', folders: ['libheif'] },
  // The words that photos can be searched for.
  { cache: 'akin-words', folders: ['words'] },
  // What the more detailed of Akin's own models has beyond the standard one.
  { cache: 'akin-detailed', folders: ['efficientnet-lite2', 'visual-v2-detailed'] },
];

/** What `models/manifest.json` says of a file: bytes, and SHA-256 as lower-case hex. */
export interface FileSum {
  readonly bytes: number;
  readonly sha256: string;
}

/** The path under `models/` and the group of a lazy file; `null` for any other address. */
export function lazyFileOf(
  url: string,
  scope: string,
  groups: readonly LazyGroup[] = LAZY_GROUPS,
): { readonly path: string; readonly group: LazyGroup } | null {
  const models = new URL('models/', scope).href;
  if (!url.startsWith(models)) return null;
  const path = url.slice(models.length).replace(/[?#].*$/, '');
  const group = groups.find(({ folders }) => folders.some((name) => path.startsWith(`${name}/`)));
  return group ? { path, group } : null;
}

/** What the manifest says of a file; `null` where it says nothing that can be checked. */
export function sumOf(manifest: unknown, path: string): FileSum | null {
  const { files } = (manifest ?? {}) as { files?: unknown };
  if (typeof files !== 'object' || files === null || !Object.hasOwn(files, path)) return null;
  const { bytes, sha256 } = ((files as Record<string, unknown>)[path] ?? {}) as Partial<FileSum>;
  if (typeof bytes !== 'number' || typeof sha256 !== 'string') return null;
  return { bytes, sha256 };
}

/** The parts of a `Cache` that are needed, and the network. */
export interface LazyFileOptions {
  readonly sum: FileSum;
  readonly cache: Pick<Cache, 'match' | 'put'>;
  /** @param mode of the HTTP cache, which may hold what is not wanted */
  readonly fetch: (mode: RequestCache) => Promise<Response>;
}

/**
 * A lazy file, from the cache where that holds it, else fetched and kept. What is kept is the file
 * that the manifest names and nothing else: a network that answers with a page to log in, as hotels'
 * do, a host's error page with status 200 or half a file leave a good copy alone.
 *
 * @param url under which it is kept: without a query
 * @returns a network error where the file is not to be had
 */
export async function lazyFile(url: string, options: LazyFileOptions): Promise<Response> {
  const { sum, cache, fetch } = options;
  const kept = await checked(await cache.match(url, { ignoreVary: true }), sum);
  if (kept) return kept;
  // What lies in the HTTP cache is asked for again only where it is wrong.
  for (const mode of ['default', 'reload'] as const) {
    const answer = await fetch(mode).catch(() => undefined);
    const fetched = answer?.ok ? await checked(answer, sum) : null;
    if (!fetched) continue;
    // Without room for it faces are found all the same, as long as there is a connection.
    await cache.put(url, fetched.clone()).catch(() => {});
    return fetched;
  }
  return Response.error();
}

/** The answer, whole in memory, where it is the file; `null` otherwise. */
async function checked(answer: Response | undefined, sum: FileSum): Promise<Response | null> {
  if (!answer) return null;
  const claimed = Number(answer.headers.get('Content-Length') ?? 0);
  // Such a body is not even read; but one that was compressed on its way has another length.
  if (claimed > 2 * sum.bytes + 1024) {
    await answer.body?.cancel().catch(() => {});
    return null;
  }
  const bytes = await answer.arrayBuffer().catch(() => null);
  if (bytes === null || bytes.byteLength !== sum.bytes) return null;
  if ((await sha256(bytes)) !== sum.sha256) return null;
  const type = answer.headers.get('Content-Type');
  return new Response(bytes, { headers: type === null ? {} : { 'Content-Type': type } });
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
