/**
 * Cells of a texture and the photos in them. When all are taken, the photo that was used longest ago
 * makes room, unless it is used in the current frame.
 */
export class Slots {
  readonly #capacity: number;
  /** Cell of each photo, least recently used first. */
  readonly #cells = new Map<number, { cell: number; used: number }>();
  readonly #free: number[];

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#free = Array.from({ length: capacity }, (_, i) => capacity - 1 - i);
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** The cell of a photo, marked as used in `frame`; -1 if it has none. */
  touch(id: number, frame: number): number {
    const slot = this.#cells.get(id);
    if (!slot) return -1;
    slot.used = frame;
    this.#cells.delete(id);
    this.#cells.set(id, slot);
    return slot.cell;
  }

  has(id: number): boolean {
    return this.#cells.has(id);
  }

  /** A cell for a photo; -1 if all are used in `frame`. */
  take(id: number, frame: number): number {
    let cell = this.#free.pop();
    if (cell === undefined) {
      const [oldest] = this.#cells;
      if (oldest === undefined || oldest[1].used >= frame) return -1;
      this.#cells.delete(oldest[0]);
      cell = oldest[1].cell;
    }
    this.#cells.set(id, { cell, used: frame });
    return cell;
  }
}
