import type { AkinEvent } from './events.ts';
import type { ImportProgress, Tally } from './import.ts';
import type { FaceWork } from './people.ts';

// Messages between tabs keep the names of earlier versions: after an update, a tab still running
// the old version stays open and exchanges messages with this one.
//
// | on the channel | here |
// | --- | --- |
// | `gathered` | `reclustered` |
// | `untold` | `resync` |
// | `kept`, also as a count of a tally and of the progress | `imported` |
// | work `looking` | `scanning` |
// | work `gathering`, its `share` | `reclustering`, its `progress` |

/** Encodes an event for posting. */
export function toWire(event: AkinEvent): unknown {
  switch (event.type) {
    case 'reclustered':
      return { ...event, type: 'gathered' };
    case 'resync':
      return { ...event, type: 'untold' };
    case 'imported':
      return { ...event, type: 'kept' };
    case 'tally':
      return { ...event, tally: { ...event.tally, tally: countsToWire(event.tally.tally) } };
    case 'progress':
      return { ...event, progress: progressToWire(event.progress) };
    case 'face-work':
      return { ...event, work: workToWire(event.work) };
    default:
      return event;
  }
}

/** Decodes a message posted by a tab of this or an earlier version. */
export function fromWire(message: unknown): AkinEvent {
  const event = message as WireEvent;
  switch (event.type) {
    case 'gathered':
      return { ...event, type: 'reclustered' };
    case 'untold':
      return { ...event, type: 'resync' };
    case 'kept':
      return { ...event, type: 'imported' };
    case 'tally':
      return { ...event, tally: { ...event.tally, tally: countsFromWire(event.tally.tally) } };
    case 'progress':
      return { ...event, progress: progressFromWire(event.progress) };
    case 'face-work':
      return { ...event, work: workFromWire(event.work) };
    default:
      return event;
  }
}

type Named<Type extends AkinEvent['type']> = Extract<AkinEvent, { readonly type: Type }>;

type WireEvent =
  | Exclude<AkinEvent, Named<'tally' | 'progress'>>
  | { readonly type: 'gathered'; readonly tab: string }
  | { readonly type: 'untold' }
  | (Omit<Named<'imported'>, 'type'> & { readonly type: 'kept' })
  | (Omit<Named<'tally'>, 'tally'> & {
      readonly tally: Omit<Named<'tally'>['tally'], 'tally'> & {
        readonly tally: WireCounts<Tally>;
      };
    })
  | (Omit<Named<'progress'>, 'progress'> & { readonly progress: WireProgress });

type WireCounts<Counts> = Counts extends Tally
  ? Omit<Counts, 'imported'> & { readonly kept: number }
  : Counts;
type WireProgress = WireCounts<ImportProgress>;

function countsToWire<Counts extends Tally>({ imported, ...counts }: Counts) {
  return { ...counts, kept: imported };
}

function countsFromWire<Counts extends { readonly kept: number }>({ kept, ...counts }: Counts) {
  return { ...counts, imported: kept };
}

function progressToWire(progress: ImportProgress): unknown {
  return 'imported' in progress ? countsToWire(progress) : progress;
}

function progressFromWire(progress: WireProgress): ImportProgress {
  return 'kept' in progress ? (countsFromWire(progress) as ImportProgress) : progress;
}

type WireWork =
  | Exclude<FaceWork, { readonly state: 'scanning' | 'reclustering' }>
  | (Omit<Extract<FaceWork, { readonly state: 'scanning' }>, 'state'> & {
      readonly state: 'looking';
    })
  | { readonly state: 'gathering'; readonly share: number };

function workToWire(work: FaceWork): WireWork {
  if (work.state === 'scanning') return { ...work, state: 'looking' };
  if (work.state === 'reclustering') return { state: 'gathering', share: work.progress };
  return work;
}

function workFromWire(work: WireWork | FaceWork): FaceWork {
  if (work.state === 'looking') return { ...work, state: 'scanning' };
  if (work.state === 'gathering') return { state: 'reclustering', progress: work.share };
  return work;
}
