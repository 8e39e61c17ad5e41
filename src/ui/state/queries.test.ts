import { describe, expect, it } from 'vitest';
import type { PageTerm } from '../pure/query/terms.ts';
import { Queries } from './queries.ts';

function memory(text: string | null = null) {
  let stored = text;
  return {
    getItem: () => stored,
    setItem: (_key: string, value: string) => {
      stored = value;
    },
    text: () => stored,
  };
}
const photo: PageTerm = { kind: 'photo', id: 7, mark: 'more' };
const picture: PageTerm = { kind: 'picture', picture: new Blob(['a']), mark: 'more' };

describe('Queries', () => {
  it('gives each query an opaque key, and has it after a reload', () => {
    const storage = memory();
    const queries = new Queries(storage);
    const key = queries.keep([photo]);
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(queries.get(key)).toEqual([photo]);
    expect(new Queries(storage).get(key)).toEqual([photo]);
    expect(queries.get('another')).toEqual([]);
    expect(queries.get(undefined)).toEqual([]);
  });

  it('knows what each is grouped by, and tells of each', () => {
    const storage = memory();
    const kept: unknown[] = [];
    const queries = new Queries(storage, (terms) => kept.push(terms));
    const [plain, grouped] = [queries.keep([photo]), queries.keep([photo], 'item')];
    const read = new Queries(storage);
    expect([plain, grouped, 'another'].map((key) => read.groupBy(key))).toEqual([
      'photo',
      'item',
      'photo',
    ]);
    expect(kept).toEqual([[photo], [photo]]);
  });

  it('keeps pictures in memory only', () => {
    const storage = memory();
    const queries = new Queries(storage);
    const key = queries.keep([picture, photo]);
    expect(queries.get(key)).toEqual([picture, photo]);
    expect(new Queries(storage).get(key)).toEqual([{ ...picture, picture: null }, photo]);
  });

  it('forgets people on request, and nothing else', () => {
    const storage = memory();
    const queries = new Queries(storage);
    const ana: PageTerm = { kind: 'person', key: 'k', name: 'Ana', mark: 'less' };
    const [both, other] = [queries.keep([photo, ana], 'person'), queries.keep([picture])];
    queries.forgetPeople();
    expect(queries.get(both)).toEqual([photo]);
    expect(queries.groupBy(both)).toBe('person');
    expect(queries.get(other)).toEqual([picture]);
    expect(storage.text()).not.toContain('Ana');
  });

  it('forgets the oldest ones, and all on request', () => {
    const storage = memory();
    const queries = new Queries(storage);
    const keys = Array.from({ length: 51 }, () => queries.keep([photo]));
    expect(queries.get(keys[0])).toEqual([]);
    expect(queries.get(keys[50])).toEqual([photo]);
    queries.clear();
    expect(storage.text()).toBe('[]');
  });

  it.each([['{'], ['null'], ['7'], ['[1,null,["a"],["b",7]]']])('starts empty from %s', (text) => {
    expect(new Queries(memory(text)).get('b')).toEqual([]);
  });

  it('works without storage', () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const queries = new Queries(full);
    expect(queries.get(queries.keep([photo]))).toEqual([photo]);
  });
});
