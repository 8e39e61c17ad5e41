import { notConfigured, toAkinError } from '../base/errors.ts';
import type { AkinEvent, ExportContract, VectorFileProgress } from '../protocol/index.ts';
import { CHANNEL, toWire } from '../protocol/index.ts';
import { expose } from '../rpc/serve.ts';
import type { Classes } from '../store/index.ts';
import { exportJob } from './exporting/exportJob.ts';
import { openWorkerStore } from './shared/openWorkerStore.ts';
import { wordFiles } from './words/wordFiles.ts';
import { WordSearch } from './words/wordSearch.ts';

// One file per worker: it is terminated afterward, with all its memory.

const channel = new BroadcastChannel(CHANNEL);
const broadcast = (event: AkinEvent) => channel.postMessage(toWire(event));
const store = openWorkerStore(broadcast);

let base: string | null = null;
let report: (progress: VectorFileProgress) => void = () => {};

expose<ExportContract>({
  configure(_signal, baseUrl, news) {
    base = baseUrl;
    report = (progress) => news.postMessage(progress);
  },
  async write(signal, request) {
    if (base === null) throw notConfigured();
    const words = new WordSearch(wordFiles(`${base}models/`));
    let knowsWords = true;
    return exportJob({
      store: await store(),
      request,
      // Offline, the words may not be there: the rest of what is known still is.
      nameOf: async (classes: Classes) => {
        if (!knowsWords) return null;
        return words.name(classes, request.language).catch((thrown: unknown) => {
          if (toAkinError(thrown).code !== 'model-missing') throw thrown;
          knowsWords = false;
          return null;
        });
      },
      signal,
      onProgress: report,
    });
  },
});
