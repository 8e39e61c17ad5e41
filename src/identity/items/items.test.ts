import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../log/logEntry.ts';
import { parsingLogOf } from '../log/parseLog.ts';
import { runThrough } from '../log/slices.ts';
import { photoHash } from '../testing/ids.ts';
import { forgetItemPhotos } from './forgetItemPhotos.ts';
import { ITEM_LOG, type ItemAssertion, isLink, readItemAssertion } from './itemAssertions.ts';
import { buildItems } from './items.ts';

const [A, B, C] = [photoHash(1), photoHash(2), photoHash(3)];
const describeItem = (item: string, title = item, sku = `sku-${item}`): ItemAssertion => ({
  kind: 'describe',
  item,
  sku,
  title,
  link: '',
  facts: [],
});
const show = (item: string, ...photos: string[]): ItemAssertion => ({ kind: 'show', item, photos });
const exclude = (item: string, ...photos: string[]): ItemAssertion => ({
  kind: 'exclude',
  item,
  photos,
});

/** An entry for each argument; a number reverts. */
function logOf(...entries: (number | ItemAssertion[])[]): LogEntry<ItemAssertion>[] {
  return entries.map((entry, i) =>
    typeof entry === 'number'
      ? { id: i + 1, at: i, reverts: entry }
      : { id: i + 1, at: i, assertions: entry },
  );
}

describe('items', () => {
  it('are what the log says of them, later entries winning', () => {
    const items = buildItems(
      logOf(
        [describeItem('jam', 'Jam'), show('jam', A, B)],
        [describeItem('tea', 'Tea'), show('tea', B)],
        [describeItem('jam', 'Plum jam')],
        [{ kind: 'cover', item: 'tea', photo: B }],
      ),
    );
    expect(items.get('jam')).toMatchObject({ title: 'Plum jam', photos: [A], cover: A });
    expect(items.get('tea')).toMatchObject({ photos: [B], cover: B });
    expect(items.ofPhoto.get(B)).toBe('tea');
    expect(items.bySku('sku-tea')?.id).toBe('tea');
  });

  it('lose a photo that doesn’t show them, and remember that', () => {
    const items = buildItems(
      logOf([describeItem('jam'), show('jam', A, B)], [exclude('jam', A)], [exclude('jam', C)]),
    );
    expect(items.get('jam')?.photos).toEqual([B]);
    expect([...items.excludedFrom(A)]).toEqual(['jam']);
    const again = buildItems(
      logOf([describeItem('jam'), show('jam', A)], [exclude('jam', A)], [show('jam', A)]),
    );
    expect(again.get('jam')?.photos).toEqual([A]);
    expect(again.excludedFrom(A).size).toBe(0);
  });

  it('merge, answer to both ids and SKUs, and come apart when that is undone', () => {
    const entries: ItemAssertion[][] = [
      [describeItem('jam'), show('jam', A)],
      [describeItem('jelly'), show('jelly', B)],
      [{ kind: 'merge', into: 'jam', from: 'jelly' }],
      [show('jelly', C)],
    ];
    const merged = buildItems(logOf(...entries));
    expect([...merged.all.keys()]).toEqual(['jam']);
    expect(merged.get('jelly')?.photos).toEqual([A, B, C]);
    expect(merged.bySku('sku-jelly')?.id).toBe('jam');
    const apart = buildItems(logOf(...entries, 3));
    expect(apart.get('jam')?.photos).toEqual([A]);
    expect(apart.get('jelly')?.photos).toEqual([B, C]);
  });

  it('end when removed or never created, and leave their photos free', () => {
    const items = buildItems(
      logOf(
        [describeItem('jam'), show('jam', A)],
        [{ kind: 'remove', item: 'jam' }],
        [show('jam', B), show('nothing', C)],
      ),
    );
    expect(items.all.size).toBe(0);
    expect(items.ofPhoto.size).toBe(0);
    const undone = buildItems(logOf([describeItem('jam'), show('jam', A)], 1));
    expect(undone.all.size).toBe(0);
  });

  it('follow a long chain of merges', () => {
    const count = 20_000;
    const chain = Array.from({ length: count }, (_, i): ItemAssertion[] => [
      describeItem(`i${i}`),
      ...(i > 0 ? [{ kind: 'merge', into: `i${i}`, from: `i${i - 1}` } as const] : []),
      show('i0', photoHash(i)),
    ]);
    const items = buildItems(logOf(...chain));
    expect(items.all.size).toBe(1);
    expect(items.get('i0')?.photos).toHaveLength(count);
  });
});

describe('a stored item log', () => {
  const HOSTILE: readonly [string, unknown][] = [
    ['no object', 'show'],
    ['an unknown kind', { kind: 'paint', item: 'a' }],
    ['an id with markup', { ...describeItem('<b>') }],
    ['a title that is no text', { ...describeItem('a'), title: 5 }],
    ['a long title', { ...describeItem('a'), title: 'x'.repeat(501) }],
    ['half a character', { ...describeItem('a'), title: '\ud800' }],
    ['a script as link', { ...describeItem('a'), link: 'javascript:alert(1)' }],
    ['a link with credentials', { ...describeItem('a'), link: 'https://bank@evil.example/' }],
    ['facts that are no list', { ...describeItem('a'), facts: { color: 'red' } }],
    [
      'a fact twice',
      {
        ...describeItem('a'),
        facts: [
          ['x', '1'],
          ['x', '2'],
        ],
      },
    ],
    [
      'too many facts',
      { ...describeItem('a'), facts: Array.from({ length: 101 }, (_, i) => [`${i}`, '']) },
    ],
    ['no photos', { kind: 'show', item: 'a', photos: [] }],
    ['a photo that is no hash', { kind: 'show', item: 'a', photos: ['../1'] }],
    ['a merge with itself', { kind: 'merge', into: 'a', from: 'a' }],
  ];

  it.each(HOSTILE)('leaves %s unread', (_, assertion) => {
    expect(readItemAssertion(assertion)).toBeUndefined();
    const rows = [
      { id: 1, at: 1, assertions: [describeItem('ok')] },
      { id: 2, at: 1, assertions: [describeItem('a'), assertion] },
      { id: 3, at: 1, reverts: 2 },
      { id: 4, at: 1, assertions: [show('ok', A)] },
    ];
    const { log, unparsed, maxId } = runThrough(parsingLogOf(ITEM_LOG, rows, 1_000));
    expect(log.map(({ id }) => id)).toEqual([1, 4]);
    expect(unparsed).toEqual([rows[1], rows[2]]);
    expect(maxId).toBe(4);
  });

  it('drops fields that it doesn’t know', () => {
    expect(readItemAssertion({ ...show('a', A), extra: 1 })).toEqual(show('a', A));
  });

  it.each(['https://shop.example/jam?id=1#a', 'HTTP://shop.example'])(
    'accepts the link %s',
    (link) => {
      expect(isLink(link)).toBe(true);
    },
  );

  it.each([
    '',
    'shop.example',
    '//shop.example',
    'ftp://a.example',
    'https://a b',
    'https://',
    'data:text/html,x',
  ])('refuses the link “%s”', (link) => {
    expect(isLink(link)).toBe(false);
  });

  it('forgets permanently deleted photos, and keeps the items', () => {
    const rows = [
      ...logOf([describeItem('jam'), show('jam', A, B)], [exclude('jam', A)], 2, [
        { kind: 'cover', item: 'jam', photo: A },
      ]),
      { id: 9, at: 1, assertions: [{ kind: 'later', photos: [A] }] },
    ];
    const { changed, removed } = forgetItemPhotos(rows, new Set([A]), 1_000);
    expect(changed).toEqual([{ id: 1, at: 0, assertions: [describeItem('jam'), show('jam', B)] }]);
    expect(removed).toEqual([2, 3, 4, 9]);
  });
});
