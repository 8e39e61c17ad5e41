import type { AkinEvent } from '../protocol/index.ts';
import { Subject } from './observable.ts';

type EventType = AkinEvent['type'];

const ITEMS: readonly EventType[] = ['items', 'removed', 'restored', 'purged', 'cleared'];

/** Events that change what each part of Akin would answer. */
const CHANGES = {
  items: ITEMS,
  /** What there is to learn from. */
  pairs: [...ITEMS, 'pairs'],
  /** Without face data, no query is about people. */
  queries: ['queries', 'cleared', 'faces-setting'],
  /** Which calibrations are kept, in use, or can be. */
  teaching: [
    ...(['calibrations', 'calibration-chosen'] as const),
    ...(['model-chosen', 'space-dropped', 'cleared'] as const),
  ],
  models: ['model-chosen', 'models', 'space-dropped'],
  /** Also those of this tab's worker: see `people-seen`. */
  people: ['faces-setting'],
} as const satisfies Record<string, readonly EventType[]>;

type Part = keyof typeof CHANGES;
const PARTS = Object.keys(CHANGES) as Part[];

/** A number for each part of Akin that grows whenever it may have changed, in any tab. */
export class Versions {
  readonly #subjects = Object.fromEntries(PARTS.map((part) => [part, new Subject(0)])) as Record<
    Part,
    Subject<number>
  >;

  of(part: Part): Subject<number> {
    return this.#subjects[part];
  }

  hear({ type }: AkinEvent): void {
    for (const part of PARTS) {
      if ((CHANGES[part] as readonly EventType[]).includes(type)) this.grow(part);
    }
  }

  grow(part: Part): void {
    const subject = this.#subjects[part];
    subject.set(subject.get() + 1);
  }

  growAll(): void {
    for (const part of PARTS) this.grow(part);
  }
}
