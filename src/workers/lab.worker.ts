import {
  type AkinEvent,
  CHANNEL,
  type LabContract,
  TAB_SEPARATOR,
  toWire,
} from '../protocol/index.ts';
import { expose } from '../rpc/serve.ts';
import { labHandlers } from './lab/labService.ts';
import { loadKernels } from './shared/kernels.ts';
import { openWorkerStore } from './shared/openWorkerStore.ts';

const channel = new BroadcastChannel(CHANNEL);
const broadcast = (event: AkinEvent) => channel.postMessage(toWire(event));
const [, tab = ''] = self.name.split(TAB_SEPARATOR);
let kernels: ReturnType<typeof loadKernels> | null = null;

expose<LabContract>(
  labHandlers({
    store: openWorkerStore(broadcast),
    kernels() {
      kernels ??= loadKernels();
      return kernels;
    },
    report: (work) => broadcast({ type: 'lab-work', tab, work }),
    now: () => performance.now(),
  }),
);
