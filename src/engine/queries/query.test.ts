import { expect, it } from 'vitest';
import { AkinError, type ErrorCode } from '../../base/errors.ts';
import type { PhotoQuery, QueryAnswer } from '../../protocol/index.ts';
import { createQuery } from './query.ts';

const broken = new Blob(['not a picture']);
const picture = new Blob(['a picture']);

/** An importer that can't embed `broken`, and a library that uses every term it is asked about. */
function setUp(code: ErrorCode = 'damaged-picture') {
  const asked: PhotoQuery[] = [];
  const { query } = createQuery(
    (async (_method: string, [one]: [PhotoQuery]) => {
      asked.push(one);
      const terms = one.terms.map(() => ({ state: 'used' as const }));
      const hits: QueryAnswer = {
        ranked: true,
        hits: [],
        end: 0,
        answers: null,
        unsearched: 0,
        terms,
        passing: 0,
        searchMs: 0,
        codesScanned: 0,
      };
      return hits;
    }) as never,
    {
      call: async (_method: string, [of]: [Blob]) => {
        if (of === broken) throw new AkinError(code, 'The picture is damaged.');
        return { spaceId: 'test', vector: new Float32Array(2) };
      },
    } as never,
  );
  return { asked, query };
}

it('reports a picture that can’t be opened, and searches with the other terms', async () => {
  const { asked, query } = setUp();
  const { terms } = await query({
    language: 'en',
    terms: [{ photo: 1 }, { blob: broken }, { blob: picture }],
  });
  expect(terms.map(({ state }) => state)).toEqual(['used', 'unreadable', 'used']);
  expect(terms[1]!.error?.code).toBe('damaged-picture');
  expect(asked[0]!.terms.map(({ kind }) => kind)).toEqual(['photo', 'picture']);
});

it('fails if there is no other term', async () => {
  const { asked, query } = setUp();
  const failed = query({ language: 'en', terms: [{ blob: broken }] });
  await expect(failed).rejects.toMatchObject({ code: 'damaged-picture' });
  expect(asked).toEqual([]);
});

it('fails if it isn’t the picture’s fault', async () => {
  const { query } = setUp('model-missing');
  const failed = query({ language: 'en', terms: [{ photo: 1 }, { blob: broken }] });
  await expect(failed).rejects.toMatchObject({ code: 'model-missing' });
});
