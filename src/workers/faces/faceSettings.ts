import type { Meta } from '../../store/index.ts';

const ON = 'faces.on';
const STOPPED = 'faces.stopped';
const SPACE = 'faces.space';

/** The face vectors' space and the version of the face models. */
export interface KeptFaceSpace {
  readonly id: string;
  readonly d: number;
  readonly version: string;
}

/** Face settings and state, besides the faces themselves. Erased along with them. */
export class FaceSettings {
  readonly #meta: Pick<Meta, 'get' | 'set' | 'update'>;

  constructor(meta: Pick<Meta, 'get' | 'set' | 'update'>) {
    this.#meta = meta;
  }

  async isOn(): Promise<boolean> {
    return (await this.#meta.get(ON)) === true;
  }

  /** Whether the scan of existing photos was stopped. */
  async isStopped(): Promise<boolean> {
    return (await this.#meta.get(STOPPED)) === true;
  }

  /** Whether existing photos should be scanned: faces are on and the scan was not stopped. */
  async goesOn(): Promise<boolean> {
    const [on, stopped] = await Promise.all([this.isOn(), this.isStopped()]);
    return on && !stopped;
  }

  /** `null` before the first scan. */
  async space(): Promise<KeptFaceSpace | null> {
    const kept = await this.#meta.get(SPACE);
    if (typeof kept !== 'object' || kept === null) return null;
    const { id, d, version } = kept as Partial<KeptFaceSpace>;
    const sound = typeof id === 'string' && typeof d === 'number' && typeof version === 'string';
    return sound ? { id, d, version } : null;
  }

  async turnOn({ id, d, version }: KeptFaceSpace): Promise<void> {
    await this.#meta.set(SPACE, { id, d, version });
    await this.#meta.set(STOPPED, false);
    await this.#meta.set(ON, true);
  }

  /** Replaces the space. Does nothing once all face data is erased, since nothing may follow it. */
  setSpace({ id, d, version }: KeptFaceSpace): Promise<void> {
    return this.#meta.update(SPACE, (kept) => (kept === undefined ? kept : { id, d, version }));
  }

  turnOff(): Promise<void> {
    return this.#meta.set(ON, false);
  }

  setStopped(stopped: boolean): Promise<void> {
    return this.#meta.set(STOPPED, stopped);
  }
}
