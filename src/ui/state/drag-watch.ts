/** The longest pause between two `dragover` events of one drag, and some more: browsers send one at
 * least every 550 ms, also while the pointer rests. */
const PAUSE_MS = 800;

/**
 * Whether something is held over the page. Goes by `dragover`, which comes as long as it is: counting
 * elements entered and left goes wrong as soon as one of them is removed.
 */
export class DragWatch {
  readonly #onChange: (over: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #over = false;

  constructor(onChange: (over: boolean) => void) {
    this.#onChange = onChange;
  }

  /** At each `dragenter` and `dragover`. */
  seen(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end(), PAUSE_MS);
    this.#set(true);
  }

  /**
   * At each `dragleave`. Only one without an element to go to leaves the page; WebKit names none
   * within the page either, so the pointer must be at the edge, too.
   */
  left({ relatedTarget, clientX: x, clientY: y }: DragEvent): void {
    if (relatedTarget !== null) return;
    if (x <= 0 || y <= 0 || x >= innerWidth || y >= innerHeight) this.end();
  }

  /** It was dropped, or the page is no longer there for it. */
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
