import { AkinError } from '../../base/errors.ts';
import { loadCalibration } from '../../metric/index.ts';
import {
  type AkinEvent,
  type CalibrationInfo,
  type CalibrationsContract,
  type Handlers,
  MOST_CALIBRATIONS,
} from '../../protocol/index.ts';
import { type CalibrationRow, calibratedSpaceId, type Store } from '../../store/index.ts';
import { sha256 } from '../../vision/sha256.ts';
import type { SearchedSpace } from '../models/model.ts';
import type { CurrentCalibration } from './currentCalibration.ts';

/** Characters of a title. */
const MOST_TITLE = 80;

export interface CalibrationHandlersOptions {
  readonly store: () => Promise<Pick<Store, 'calibrations'>>;
  /** The space of the model in use. */
  readonly base: () => Promise<SearchedSpace>;
  readonly current: () => Promise<Pick<CurrentCalibration, 'follow'>>;
  /** Also heard by this worker's keeper of calibrations. */
  readonly broadcast: (event: AkinEvent) => void;
}

/** The page's calls about adopted calibrations. */
export function calibrationHandlers({
  store,
  base,
  current,
  broadcast,
}: CalibrationHandlersOptions): Omit<Handlers<CalibrationsContract>, 'teachingLabels'> {
  const kept = async () => (await store()).calibrations;
  const info = async (
    row: CalibrationRow,
    chosen: string | undefined,
  ): Promise<CalibrationInfo> => {
    const { id, title, method, weight, baseSpaceId, spaceId, d, addedAt, odds } = row;
    const size = await (await kept()).size(row);
    const told = { id, title, method, weight, baseSpaceId, spaceId, d, addedAt };
    return { ...told, isChosen: id === chosen, isReady: odds !== undefined, ...size };
  };
  const chosenId = async () => (await (await kept()).chosen((await base()).id))?.id;

  return {
    async adoptCalibration(_signal, bytes, title) {
      const row = await rowOf(bytes, title, await base());
      const added = await (await kept()).add(row, MOST_CALIBRATIONS);
      broadcast({ type: 'calibrations' });
      return info(added, await chosenId());
    },
    async calibrations() {
      const [rows, chosen] = [await (await kept()).list(), await chosenId()];
      const infos: CalibrationInfo[] = [];
      for (const row of rows) infos.push(await info(row, chosen));
      return infos.sort((a, b) => Number(b.isChosen) - Number(a.isChosen));
    },
    async chooseCalibration(_signal, id) {
      const calibrations = await kept();
      const { id: baseId } = await base();
      const before = (await calibrations.chosen(baseId))?.id ?? null;
      await calibrations.choose(id, baseId);
      try {
        await (await current()).follow();
      } catch (thrown) {
        // It can't be opened, so no tab should try.
        await calibrations.choose(before, baseId);
        await (await current()).follow().catch(() => {}); /* searches use the model's own space */
        throw thrown;
      }
      broadcast({ type: 'calibration-chosen', id });
    },
    async removeCalibration(_signal, id) {
      await (await kept()).remove(id, (await base()).id);
      broadcast({ type: 'calibrations' });
    },
  };
}

/** @throws AkinError `invalid-argument`, and those of `loadCalibration` */
async function rowOf(
  bytes: ArrayBuffer,
  title: string,
  base: SearchedSpace,
): Promise<CalibrationRow> {
  const trimmed = typeof title === 'string' ? title.trim() : '';
  if (trimmed === '' || trimmed.length > MOST_TITLE) {
    throw new AkinError('invalid-argument', `A title has 1 to ${MOST_TITLE} characters.`, {
      details: { reason: 'calibration-title', most: MOST_TITLE },
    });
  }
  if (!(bytes instanceof ArrayBuffer)) {
    throw new AkinError('invalid-argument', 'A calibration is given as its bytes.');
  }
  const { calibration, spaceId } = loadCalibration(bytes);
  if (spaceId !== base.id || calibration.d !== base.d) {
    throw new AkinError('invalid-argument', 'This was learned with another model.', {
      details: { reason: 'calibration-other-space' },
    });
  }
  const id = (await sha256(bytes)).slice(0, 12);
  const { method, size, weight } = calibration;
  return {
    id,
    title: trimmed,
    method,
    weight,
    baseSpaceId: base.id,
    spaceId: calibratedSpaceId(base.id, id, size),
    d: size,
    addedAt: Date.now(),
    bytes,
  };
}
