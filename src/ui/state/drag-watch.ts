/**
 * Maximum pause between two `dragover` events of one drag, with a margin: browsers fire one at
 * least every 550 ms, even while the pointer rests.
 */
const PAUSE_MS = 800;

/**
 * Tracks whether files are being dragged over the page. Relies on repeated `dragover` events:
 * counting `dragenter` and `dragleave` breaks as soon as an entered element is removed.
 */
export class DragWatch {
  readonly #onChange: (over: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(onChange: (over: boolean) => void) {
    this.#onChange = onChange;
  }

  /** Call on every `dragenter` and `dragover`. */
  seen(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), PAUSE_MS);
    this.#set(true);
  }

  /**
   * Call on every `dragleave`. Only one without a `relatedTarget` leaves the page; WebKit never
   * sets it, so the pointer must also be at the edge.
   */
  left({ relatedTarget, clientX: x, clientY: y }: DragEvent): void {
    if (relatedTarget !== null) return;
    if (x <= 0 || y <= 0 || x >= innerWidth || y >= innerHeight) this.end();
  }

  /** Call on drop or when the page goes away. */
  end(): void {
    clearTimeout(this.#timer);
    this.#set(false);
  }

  #set(over: boolean): void {
    if (over === this.#over) return;
    this.#over = over;
    this.#onChange(over);
  }
}
