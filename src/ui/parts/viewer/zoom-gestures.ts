import { isNotch, wheelFactor } from '../../pure/viewer/zoom.ts';
import { watchDoubleTaps } from './double-tap.ts';

/** A point in the viewport, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Zoom operations that gestures trigger. */
export interface ZoomControl {
  /** Current zoom factor; 1 shows the whole picture. */
  readonly level: () => number;
  /** Zooms so that the point at `from` moves to `to`. */
  readonly zoomTo: (level: number, from: Point, to?: Point) => void;
  /** Zooms in at a point, or resets the zoom. */
  readonly toggle: (at: Point) => void;
  /** Called on a single tap. */
  readonly onTap: () => void;
}

/** Mouse movement, in pixels, that turns a click into a drag. */
const DRAG = 4;

/** Safari's non-standard event for trackpad pinches. */
type GestureEvent = UIEvent & {
  readonly scale: number;
  readonly clientX: number;
  readonly clientY: number;
};

/**
 * Listens for click, drag, wheel, pinch and double tap. Panning a zoomed picture with one finger is
 * left to the browser's scrolling.
 *
 * @param scroller the frame that scrolls the zoomed picture
 * @returns a function that removes the listeners
 */
export function listenToGestures(scroller: HTMLElement, control: ZoomControl): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  const clicks = watchClicks(scroller, control);
  const pinch = watchPinch(control);
  const active = { signal, passive: false };

  scroller.addEventListener('pointerdown', clicks.down, { signal });
  scroller.addEventListener('pointermove', clicks.move, { signal });
  scroller.addEventListener('pointerup', clicks.up, { signal });
  scroller.addEventListener('pointercancel', clicks.up, { signal });
  // Capture before the face boxes: a drag that ends on one must not open it.
  scroller.addEventListener('click', clicks.click, { signal, capture: true });

  scroller.addEventListener('wheel', (event) => onWheel(event, scroller, control), active);
  scroller.addEventListener('touchstart', pinch.start, active);
  scroller.addEventListener('touchmove', pinch.move, active);
  scroller.addEventListener('touchend', pinch.end, { signal });
  scroller.addEventListener('touchcancel', pinch.end, { signal });
  for (const type of ['gesturestart', 'gesturechange', 'gestureend']) {
    scroller.addEventListener(type, (event) => pinch.gesture(event as GestureEvent), active);
  }
  return () => stopped.abort();
}

/** Whether an element on the picture handles the pointer itself: a button, or a box being drawn. */
function isTaken({ target }: Event): boolean {
  return target instanceof Element && target.closest('button, a, .draw, .area') !== null;
}

/** The same for two fingers, which zoom while an area is selected. */
function isPinchTaken({ target }: Event): boolean {
  return target instanceof Element && target.closest('button:not(.area-box), a, .draw') !== null;
}

function watchClicks(scroller: HTMLElement, control: ZoomControl) {
  let held: { id: number; x: number; y: number; left: number; top: number } | null = null;
  let dragged = false;
  let byTouch = false;
  const isSecondTap = watchDoubleTaps();

  const tap = (point: Point, at: number) => {
    if (isSecondTap(point, at)) control.toggle(point);
    else control.onTap();
  };

  return {
    down(event: PointerEvent) {
      byTouch = event.pointerType === 'touch';
      dragged = false;
      held = null;
      if (byTouch || event.button !== 0 || control.level() === 1) return;
      if (event.target instanceof Element && event.target.closest('.draw, .area')) return;
      const { pointerId: id, clientX: x, clientY: y } = event;
      held = { id, x, y, left: scroller.scrollLeft, top: scroller.scrollTop };
    },
    move(event: PointerEvent) {
      if (held?.id !== event.pointerId) return;
      const dx = event.clientX - held.x;
      const dy = event.clientY - held.y;
      if (!dragged) {
        if (Math.hypot(dx, dy) < DRAG) return;
        dragged = true;
        // Capture only now: captured on pointerdown, a click on a face would target the frame.
        scroller.setPointerCapture(held.id);
        scroller.toggleAttribute('data-dragging', true);
      }
      scroller.scrollTo({ left: held.left - dx, top: held.top - dy, behavior: 'instant' });
    },
    up() {
      held = null;
      scroller.removeAttribute('data-dragging');
    },
    click(event: MouseEvent) {
      if (dragged) {
        dragged = false;
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      if (isTaken(event)) return;
      const point = { x: event.clientX, y: event.clientY };
      if (byTouch) tap(point, event.timeStamp);
      // The second click of a double click would undo the first.
      else if (event.detail <= 1) control.toggle(point);
    },
  };
}

function onWheel(event: WheelEvent, scroller: HTMLElement, control: ZoomControl): void {
  const pinched = event.ctrlKey || event.metaKey;
  if (!pinched) {
    // Trackpad scrolling pans a zoomed picture; a wheel scrolls a page that can scroll.
    if (!isNotch(event)) return;
    const page = scroller.closest('main');
    if (control.level() === 1 && page && page.scrollHeight > page.clientHeight) return;
  }
  event.preventDefault();
  const at = { x: event.clientX, y: event.clientY };
  control.zoomTo(control.level() * wheelFactor(event), at);
}

function watchPinch(control: ZoomControl) {
  let held: { apart: number; middle: Point } | null = null;
  let touches = 0;
  let gestureLevel = 1;

  const read = ([a, b]: readonly Touch[]) => ({
    apart: Math.hypot(a!.clientX - b!.clientX, a!.clientY - b!.clientY),
    middle: { x: (a!.clientX + b!.clientX) / 2, y: (a!.clientY + b!.clientY) / 2 },
  });

  return {
    start(event: TouchEvent) {
      touches = event.touches.length;
      held = null;
      if (touches !== 2 || isPinchTaken(event)) return;
      event.preventDefault();
      held = read([...event.touches]);
    },
    move(event: TouchEvent) {
      if (!held || event.touches.length !== 2) return;
      event.preventDefault();
      const { apart, middle } = read([...event.touches]);
      control.zoomTo((control.level() * apart) / Math.max(1, held.apart), held.middle, middle);
      held = { apart, middle };
    },
    end(event: TouchEvent) {
      touches = event.touches.length;
      held = null;
    },
    gesture(event: GestureEvent) {
      // Otherwise Safari zooms the whole page. It reports touch-screen pinches as touches too.
      event.preventDefault();
      if (touches > 0) return;
      if (event.type === 'gesturestart') gestureLevel = control.level();
      const at = { x: event.clientX, y: event.clientY };
      if (event.type === 'gesturechange') control.zoomTo(gestureLevel * event.scale, at);
    },
  };
}
