// Files most users never need. The first visit doesn't fetch them; once used, they are cached, so
// their feature works offline from then on.

/** Folders under `models/` that are cached and deleted together. */
export interface LazyGroup {
  /** Cache name. */
  readonly cache: string;
  readonly folders: readonly string[];
}

export const LAZY_GROUPS: readonly LazyGroup[] = [
  // Only needed if faces are turned on. Erasing all face data deletes the cache.
  { cache: 'akin-face-nets', folders: ['blazeface', 'facemesh', 'face_recognition_model'] },
  // The HEIC decoder; many users have no HEIC pictures.
  { cache: 'akin-heic-decoder', folders: ['libheif'] },
  // The words photos can be searched for.
  { cache: 'akin-words', folders: ['words'] },
  // The files the detailed model needs in addition to the standard one.
  { cache: 'akin-detailed', folders: ['efficientnet-lite2', 'visual-v2-detailed'] },
];

/** A file's entry in `models/manifest.json`: bytes, and SHA-256 in lowercase hex. */
export interface FileSum {
  readonly bytes: number;
  readonly sha256: string;
}

/** Path under `models/` and group of a lazy file; `null` for any other URL. */
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

/** The file's entry in the manifest; `null` if missing or invalid. */
export function sumOf(manifest: unknown, path: string): FileSum | null {
  const { files } = (manifest ?? {}) as { files?: unknown };
  if (typeof files !== 'object' || files === null || !Object.hasOwn(files, path)) return null;
  const { bytes, sha256 } = ((files as Record<string, unknown>)[path] ?? {}) as Partial<FileSum>;
  if (typeof bytes !== 'number' || typeof sha256 !== 'string') return null;
  return { bytes, sha256 };
}

/** The network and the parts of a `Cache` that are needed. */
export interface LazyFileOptions {
  readonly sum: FileSum;
  readonly cache: Pick<Cache, 'match' | 'put'>;
  /** @param mode HTTP cache mode, since the HTTP cache may hold a bad copy */
  readonly fetch: (mode: RequestCache) => Promise<Response>;
}

/**
 * Returns a lazy file from the cache, or fetches and caches it. Caches only a response that matches
 * the manifest: a captive portal's login page, an error page with status 200 or a truncated file
 * leaves a good copy alone.
 *
 * @param url cache key: without a query
 * @returns a network error if the file is unavailable
 */
export async function lazyFile(url: string, options: LazyFileOptions): Promise<Response> {
  const { sum, cache, fetch } = options;
  const kept = await checked(await cache.match(url, { ignoreVary: true }), sum);
  if (kept) return kept;
  // Bypass the HTTP cache only if its copy is wrong.
  for (const mode of ['default', 'reload'] as const) {
    const answer = await fetch(mode).catch(() => undefined);
    const fetched = answer?.ok ? await checked(answer, sum) : null;
    if (!fetched) continue;
    // If the quota is exceeded, faces still work while online.
    await cache.put(url, fetched.clone()).catch(() => {});
    return fetched;
  }
  return Response.error();
}

/** Reads the response into memory; `null` if it doesn't match the manifest. */
async function checked(answer: Response | undefined, sum: FileSum): Promise<Response | null> {
  if (!answer) return null;
  const claimed = Number(answer.headers.get('Content-Length') ?? 0);
  // Don't even read such a body; the slack allows for the other length of a compressed transfer.
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
