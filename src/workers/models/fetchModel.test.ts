import { expect, it } from 'vitest';
import { AkinError } from '../../base/errors.ts';
import type { ModelFiles } from '../../vision/models.ts';
import { committedFiles } from '../../vision/nets/testing/committedFiles.ts';
import { detailedModel } from './builtIn.ts';
import { fetchModel } from './fetchModel.ts';

/** The committed models as the build serves them, except the one named by `lost`. */
function served(lost: string | null = null) {
  const asked: string[] = [];
  const files: ModelFiles = {
    ...committedFiles,
    async bytes(path) {
      asked.push(path);
      if (path === lost) throw new AkinError('model-missing', `${path} could not be loaded.`);
      return committedFiles.bytes(path);
    },
  };
  return { files, asked };
}

it('fetches the weights of each network of a model', async () => {
  const { files, asked } = served();
  await fetchModel('', detailedModel.id, async () => files);
  for (const net of ['efficientnet-lite1', 'efficientnet-lite2']) {
    for (const name of ['model.json', 'weights.bin', 'classifier.bin']) {
      expect(asked).toContain(`${net}/${name}`);
    }
  }
});

it('reports that it is offline if a file can’t be fetched', async () => {
  const { files } = served('efficientnet-lite2/weights.bin');
  await expect(fetchModel('', detailedModel.id, async () => files)).rejects.toMatchObject({
    code: 'offline',
    message: expect.stringContaining('Check the connection'),
  });
});
