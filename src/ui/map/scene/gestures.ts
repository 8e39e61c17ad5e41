import type { Pixels } from '../pure/view.ts';
import type { Scene } from './scene.ts';
import { isStill } from './viewpoint.ts';

export const TOOLS = ['pan', 'lasso', 'box', 'join'] as const;
export type Tool = (typeof TOOLS)[number];

/** What a selection does with what is selected already. */
export type SelectMode = 'replace' | 'add' | 'remove';

export interface GestureHandlers {
  /** A click or tap; `toggles` with a modifier key or after a long press. */
  readonly onTap: (at: Pixels, toggles: boolean) => void;
  /** The pointer is over the canvas, or `null`: it left, or something is being dragged. */
  readonly onHover: (at: Pixels | null) => void;
  /** A lasso or box was drawn, x and y in turn, in CSS pixels. */
  readonly onOutline: (outline: readonly number[], mode: SelectMode) => void;
  /** One place was dragged to another. */
  readonly onJoin: (from: Pixels, to: Pixels) => void;
}

/** Pixels that a finger or mouse may move and still tap. */
const SLACK = 6;
/** Pixels between the corners of a lasso. */
const STEP = 3;
const LONG_PRESS_MS = 500;
/** How fast the map comes to rest: the speed falls to 1/e in this time. */
const REST_MS = 220;
const LEAST_SPEED = 0.03;
/** Wheel units per doubling: trackpads send many small ones, and smaller ones yet for a pinch. */
const WHEEL = 420;
const PINCH = 90;
const LINE = 18;

interface Drag {
  readonly id: number;
  readonly from: Pixels;
  last: Pixels;
  moved: boolean;
  readonly draws: boolean;
  outline: number[];
  /** CSS pixels per millisecond. */
  speed: Pixels;
  time: number;
}

/** Mouse, touch and wheel on the map: pans, zooms, and draws what to select. */
export class Gestures {
  readonly #element: HTMLElement;
  readonly #scene: Scene;
  readonly #handlers: GestureHandlers;
  readonly #ended = new AbortController();
  readonly #pointers = new Map<number, Pixels>();
  #drag: Drag | null = null;
  #pinch: { distance: number; middle: Pixels } | null = null;
  #press = 0;
  #glide = 0;
  tool: Tool = 'pan';

  constructor(element: HTMLElement, scene: Scene, handlers: GestureHandlers) {
    this.#element = element;
    this.#scene = scene;
    this.#handlers = handlers;
    const { signal } = this.#ended;
    const listen = <K extends keyof HTMLElementEventMap>(
      type: K,
      hear: (event: HTMLElementEventMap[K]) => void,
    ) => element.addEventListener(type, hear, { signal });
    listen('pointerdown', (event) => this.#down(event));
    listen('pointermove', (event) => this.#move(event));
    listen('pointerup', (event) => this.#up(event));
    listen('pointercancel', (event) => this.#cancel(event.pointerId));
    listen('pointerleave', () => handlers.onHover(null));
    listen('contextmenu', (event) => {
      // A long press is a gesture of its own.
      if (event instanceof PointerEvent && event.pointerType === 'touch') event.preventDefault();
    });
    element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false, signal });
  }

  #at(event: MouseEvent): Pixels {
    const { left, top } = this.#element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  #down(event: PointerEvent): void {
    if (event.button > 1 || event.target !== this.#element) return;
    // Not the browser's scrolling by middle button; the focus comes to the map all the same.
    if (event.button === 1) event.preventDefault();
    this.#element.setPointerCapture(event.pointerId);
    cancelAnimationFrame(this.#glide);
    const at = this.#at(event);
    this.#pointers.set(event.pointerId, at);
    this.#handlers.onHover(null);
    if (this.#pointers.size === 2) {
      this.#endDrag();
      this.#startPinch();
      return;
    }
    if (this.#pointers.size > 2) return;
    this.#drag = {
      id: event.pointerId,
      from: at,
      last: at,
      moved: false,
      draws: this.tool !== 'pan' && event.button === 0,
      outline: [...at],
      speed: [0, 0],
      time: event.timeStamp,
    };
    if (event.pointerType !== 'touch') return;
    this.#press = window.setTimeout(() => {
      if (!this.#drag || this.#drag.moved) return;
      this.#endDrag();
      this.#handlers.onTap(at, true);
    }, LONG_PRESS_MS);
  }

  #move(event: PointerEvent): void {
    const at = this.#at(event);
    if (!this.#pointers.has(event.pointerId)) {
      if (event.pointerType === 'mouse' || event.pointerType === 'pen') {
        this.#handlers.onHover(event.target === this.#element ? at : null);
      }
      return;
    }
    this.#pointers.set(event.pointerId, at);
    if (this.#pinch) {
      this.#movePinch();
      return;
    }
    const drag = this.#drag;
    if (drag?.id !== event.pointerId) return;
    if (!drag.moved && Math.hypot(at[0] - drag.from[0], at[1] - drag.from[1]) < SLACK) return;
    drag.moved = true;
    clearTimeout(this.#press);
    if (drag.draws) this.#drawTo(drag, at);
    else this.#panTo(drag, at, event.timeStamp);
    drag.last = at;
    drag.time = event.timeStamp;
  }

  #drawTo(drag: Drag, at: Pixels): void {
    const [x, y] = drag.from;
    if (this.tool === 'join') drag.outline = [x, y, ...at];
    else if (this.tool === 'box') drag.outline = [x, y, at[0], y, ...at, x, at[1]];
    else {
      const [lastX, lastY] = drag.outline.slice(-2);
      if (Math.hypot(at[0] - lastX!, at[1] - lastY!) < STEP) return;
      drag.outline.push(...at);
    }
    this.#scene.setOutline(drag.outline);
  }

  #panTo(drag: Drag, at: Pixels, time: number): void {
    const [dx, dy] = [at[0] - drag.last[0], at[1] - drag.last[1]];
    const elapsed = Math.max(1, time - drag.time);
    // Averaged over the last few moves.
    drag.speed = [
      0.6 * drag.speed[0] + (0.4 * dx) / elapsed,
      0.6 * drag.speed[1] + (0.4 * dy) / elapsed,
    ];
    this.#element.dataset.dragging = '';
    this.#scene.viewpoint.pan(dx, dy);
  }

  #up(event: PointerEvent): void {
    const drag = this.#drag?.id === event.pointerId ? this.#drag : null;
    this.#pointers.delete(event.pointerId);
    this.#pinch = null;
    this.#endDrag();
    if (!drag) return;
    if (!drag.moved) {
      const toggles = event.shiftKey || event.ctrlKey || event.metaKey;
      if (event.button === 0) this.#handlers.onTap(drag.from, toggles);
    } else if (drag.draws && this.tool === 'join') {
      this.#handlers.onJoin(drag.from, drag.last);
    } else if (drag.draws) {
      const mode = event.altKey ? 'remove' : event.shiftKey ? 'add' : 'replace';
      this.#handlers.onOutline(drag.outline, mode);
    } else if (!isStill() && event.timeStamp - drag.time < 60) {
      this.#glideOn(drag.speed);
    }
  }

  /** Drops what is being dragged, as Escape does. */
  cancel(): boolean {
    const drawing = this.#drag?.draws === true && this.#drag.moved;
    this.#endDrag();
    return drawing;
  }

  #cancel(pointerId: number): void {
    this.#pointers.delete(pointerId);
    this.#pinch = null;
    this.#endDrag();
  }

  #endDrag(): void {
    clearTimeout(this.#press);
    this.#drag = null;
    delete this.#element.dataset.dragging;
    this.#scene.setOutline(null);
  }

  #glideOn(speed: Pixels): void {
    let before = performance.now();
    const step = (now: number) => {
      const elapsed = Math.max(0, now - before);
      before = now;
      const rest = Math.exp(-elapsed / REST_MS);
      this.#scene.viewpoint.pan(speed[0] * elapsed, speed[1] * elapsed);
      speed = [speed[0] * rest, speed[1] * rest];
      if (Math.hypot(...speed) > LEAST_SPEED) this.#glide = requestAnimationFrame(step);
    };
    this.#glide = requestAnimationFrame(step);
  }

  #startPinch(): void {
    const [a, b] = [...this.#pointers.values()] as [Pixels, Pixels];
    this.#pinch = {
      distance: Math.max(1, Math.hypot(a[0] - b[0], a[1] - b[1])),
      middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2],
    };
  }

  #movePinch(): void {
    const before = this.#pinch!;
    this.#startPinch();
    const { distance, middle } = this.#pinch!;
    const { viewpoint } = this.#scene;
    viewpoint.pan(middle[0] - before.middle[0], middle[1] - before.middle[1]);
    viewpoint.zoom(middle, distance / before.distance);
  }

  #wheel(event: WheelEvent): void {
    // Otherwise the browser zooms the page or scrolls.
    event.preventDefault();
    cancelAnimationFrame(this.#glide);
    const units = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
    const factor = 2 ** (-units / (event.ctrlKey ? PINCH : WHEEL));
    this.#scene.viewpoint.zoom(this.#at(event), factor);
    this.#handlers.onHover(null);
  }

  dispose(): void {
    this.#ended.abort();
    clearTimeout(this.#press);
    cancelAnimationFrame(this.#glide);
  }
}
