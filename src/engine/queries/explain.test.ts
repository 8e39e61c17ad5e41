import { expect, it } from 'vitest';
import type { ExplainedExample } from '../../protocol/index.ts';
import { createExplain } from './explain.ts';

const heat = {
  height: 1,
  width: 1,
  view: { x: 0, y: 0, width: 1, height: 1 },
  weights: Float32Array.of(1),
};
const box = { x: 0, y: 0, width: 0.5, height: 0.5 };

/** An importer that finds one of the examples most similar, and what it was asked. */
function setUp(example = 0) {
  const asked: unknown[][] = [];
  const explain = createExplain({
    call: (async (_method: string, args: unknown[]) => {
      asked.push(args);
      return { example, cosine: 0.5, query: heat, result: heat };
    }) as never,
  });
  return { asked, explain };
}

it('compares the pictures to be more like, and says which term was the most similar', async () => {
  const { asked, explain } = setUp(2);
  const blob = new Blob(['picture']);
  const { term, cosine } = await explain(
    {
      terms: [
        { word: 'dog' },
        { photo: 3, weight: -1 },
        { photo: 4, weight: 0 },
        { photo: 5 },
        { blob, weight: 2 },
        { region: { photo: 6, box } },
        { color: '#ff0000' },
      ],
    },
    { id: 9, box },
  );
  expect(asked).toEqual([[[{ of: blob }, { of: 5 }, { of: 6, box }], 9, box]]);
  expect([term, cosine]).toEqual([5, 0.5]);
});

it('compares the eight that count most', async () => {
  const { asked, explain } = setUp();
  const terms = Array.from({ length: 20 }, (_, i) => ({ photo: i + 1, weight: i + 1 }));
  expect((await explain({ terms }, { id: 50 })).term).toBe(19);
  const [examples, id, whole] = asked[0] as [ExplainedExample[], number, null];
  expect(examples.map(({ of }) => of)).toEqual([20, 19, 18, 17, 16, 15, 14, 13]);
  expect([id, whole]).toEqual([50, null]);
});

it('rejects a query without an example, and bad boxes', async () => {
  const { asked, explain } = setUp();
  const bad = { code: 'invalid-argument' };
  await expect(explain({}, { id: 1 })).rejects.toMatchObject(bad);
  await expect(explain({ terms: [{ word: 'dog' }] }, { id: 1 })).rejects.toMatchObject(bad);
  const none = { ...box, width: 0 };
  const terms = [{ photo: 2 }];
  await expect(explain({ terms }, { id: 1, box: none })).rejects.toMatchObject(bad);
  await expect(
    explain({ terms: [{ region: { photo: 2, box: none } }] }, { id: 1 }),
  ).rejects.toMatchObject(bad);
  expect(asked).toEqual([]);
});
