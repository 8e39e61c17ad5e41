import type { AkinEvent } from './events.ts';
import type { FaceWork } from './people.ts';

// What goes over the channel between tabs keeps the names of earlier versions: after an update a tab
// that still runs one stays open beside this one, hears what this one tells, and is heard by it.
//
// | on the channel | here |
// | --- | --- |
// | `gathered` | `reclustered` |
// | work `looking` | `scanning` |
// | work `gathering`, its `share` | `reclustering`, its `progress` |

/** An event as it is posted. */
export function toWire(event: AkinEvent): unknown {
  switch (event.type) {
    case 'reclustered':
      return { ...event, type: 'gathered' };
    case 'face-work':
      return { ...event, work: workToWire(event.work) };
    default:
      return event;
  }
}

/** The event of what was posted, by a tab of this version or an earlier one. */
export function fromWire(message: unknown): AkinEvent {
  const event = message as AkinEvent | { readonly type: 'gathered'; readonly tab: string };
  switch (event.type) {
    case 'gathered':
      return { ...event, type: 'reclustered' };
    case 'face-work':
      return { ...event, work: workFromWire(event.work) };
    default:
      return event;
  }
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
