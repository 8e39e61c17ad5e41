import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { lazyFile, lazyFileOf, sumOf } from './lazyFiles.ts';

const FILE = 'the weights';
const OLDER = 'the weight!';
const LOGIN = '<!doctype html>Please log in';
const URL_OF_IT = 'https://akin.example/models/blazeface/weights.bin';

const sum = {
  bytes: FILE.length,
  sha256: createHash('sha256').update(FILE).digest('hex'),
};

/** A minimal in-memory cache. */
function cacheWith(kept?: string) {
  const held = new Map<string, Response>(
    kept === undefined ? [] : [[URL_OF_IT, new Response(kept)]],
  );
  return {
    match: async (url: string) => held.get(url)?.clone(),
    put: async (url: string, response: Response) => void held.set(url, response),
    text: async () => held.get(URL_OF_IT)?.clone().text(),
  } as const;
}

/** Requests the file from a network that gives these responses in turn. */
async function ask(cache: ReturnType<typeof cacheWith>, ...answers: (Response | Error)[]) {
  const modes: RequestCache[] = [];
  const response = await lazyFile(URL_OF_IT, {
    sum,
    cache: cache as never,
    fetch: async (mode) => {
      modes.push(mode);
      const answer = answers.shift() ?? new Error('offline');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { modes, text: response.type === 'error' ? null : await response.text() };
}

describe('lazyFile', () => {
  it('is fetched once, cached, and then served without the network', async () => {
    const cache = cacheWith();
    expect(await ask(cache, new Response(FILE))).toEqual({ modes: ['default'], text: FILE });
    expect(await cache.text()).toBe(FILE);
    expect(await ask(cache)).toEqual({ modes: [], text: FILE });
  });

  it.each([
    ['a page to log in', () => new Response(LOGIN)],
    ['an error', () => new Response(FILE, { status: 503 })],
    ['another file of that length', () => new Response(OLDER)],
    ['half of it', () => new Response(FILE.slice(0, 5))],
    ['nothing', () => new Error('offline')],
  ])('leaves the cache unchanged if the network returns %s', async (_what, answer) => {
    const empty = cacheWith();
    expect(await ask(empty, answer(), answer())).toEqual({
      modes: ['default', 'reload'],
      text: null,
    });
    expect(await empty.text()).toBeUndefined();
    const good = cacheWith(FILE);
    expect((await ask(good, answer(), answer())).text).toBe(FILE);
    expect(await good.text()).toBe(FILE);
  });

  it('replaces a copy of another version, bypassing a stale HTTP cache', async () => {
    const cache = cacheWith(OLDER);
    expect(await ask(cache, new Response(OLDER), new Response(FILE))).toEqual({
      modes: ['default', 'reload'],
      text: FILE,
    });
    expect(await cache.text()).toBe(FILE);
  });

  it('does not read a body with a far too large Content-Length', async () => {
    let read = 0;
    const endless = new ReadableStream({
      pull(controller) {
        read++;
        controller.enqueue(new Uint8Array(1024));
      },
    });
    const answer = () => new Response(endless, { headers: { 'Content-Length': '5000000000' } });
    expect((await ask(cacheWith(), answer())).text).toBeNull();
    expect(read).toBeLessThan(3);
  });

  it('is served even if there is no space to cache it', async () => {
    const full = { ...cacheWith(), put: () => Promise.reject(new Error('QuotaExceededError')) };
    expect((await ask(full as never, new Response(FILE))).text).toBe(FILE);
  });
});

describe('lazyFileOf', () => {
  const scope = 'https://akin.example/app/';

  it('recognizes the files in its folders', () => {
    const found = lazyFileOf(`${scope}models/blazeface/model.json?x#y`, scope);
    expect(found?.path).toBe('blazeface/model.json');
    expect(found?.group.cache).toBe('akin-face-nets');
    const detailed = lazyFileOf(`${scope}models/visual-v2-detailed/fit.bin`, scope);
    expect(detailed?.group.cache).toBe('akin-detailed');
  });

  it.each([
    `${scope}models/visual-v2/fit.bin`,
    `${scope}models/manifest.json`,
    `${scope}models/blazeface`,
    `${scope}assets/models/blazeface/model.json`,
    'https://akin.example/models/blazeface/model.json',
    'https://evil.example/app/models/blazeface/model.json',
  ])('ignores %s', (url) => {
    expect(lazyFileOf(url, scope)).toBeNull();
  });
});

it('reads a checksum only if the manifest has one', () => {
  const entry = { bytes: 3, sha256: 'ab' };
  expect(sumOf({ files: { 'a/b': entry } }, 'a/b')).toEqual(entry);
  for (const manifest of [null, 7, {}, { files: null }, { files: { 'a/b': null } }]) {
    expect(sumOf(manifest, 'a/b')).toBeNull();
  }
  expect(sumOf({ files: { 'a/b': { bytes: '3', sha256: 'ab' } } }, 'a/b')).toBeNull();
  expect(sumOf({ files: {} }, 'constructor')).toBeNull();
});
