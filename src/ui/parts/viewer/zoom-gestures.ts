import { isNotch, wheelFactor } from '../../pure/viewer/zoom.ts';

/** A place in the window, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What gestures do to a picture. */
export interface ZoomControl {
  /** The zoom as it is; 1 shows the whole picture. */
  readonly level: () => number;
  /** Zooms so that what is at `from` comes to `to`. */
  readonly zoomTo: (level: number, from: Point, to?: Point) => void;
  /** Zooms in at a place, or leaves the zoom. */
  readonly toggle: (at: Point) => void;
  /** A finger tapped once. */
  readonly onTap: () => void;
}

/** A mouse that moved this far while its button was down dragged, in pixels. */
const DRAG = 4;
const DOUBLE_TAP_MS = 300;
const DOUBLE_TAP_PX = 30;

/** Safari's own event for two fingers on a trackpad. */
type GestureEvent = UIEvent & {
  readonly scale: number;
  readonly clientX: number;
  readonly clientY: number;
};

/**
 * Listens to what is done with a picture: click, drag, wheel, pinch and double tap. One finger on a
 * zoomed picture scrolls it, which the browser does.
 *
 * @param scroller the frame in which the picture is scrolled while it is zoomed
 * @returns what stops it
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
  // Before the faces' boxes: a drag that ends on one does not open it.
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

/** Whether something on the picture takes the pointer for itself: a button, or a box being drawn. */
function isTaken({ target }: Event): boolean {
  return target instanceof Element && target.closest('button, a, .draw') !== null;
}

function watchClicks(scroller: HTMLElement, control: ZoomControl) {
  let held: { id: number; x: number; y: number; left: number; top: number } | null = null;
  let dragged = false;
  let byTouch = false;
  let lastTap: (Point & { at: number }) | null = null;

  const tap = (point: Point) => {
    const at = performance.now();
    const again =
      lastTap !== null &&
      at - lastTap.at < DOUBLE_TAP_MS &&
      Math.hypot(point.x - lastTap.x, point.y - lastTap.y) < DOUBLE_TAP_PX;
    lastTap = again ? null : { ...point, at };
    if (again) control.toggle(point);
    else control.onTap();
  };

  return {
    down(event: PointerEvent) {
      byTouch = event.pointerType === 'touch';
      dragged = false;
      held = null;
      if (byTouch || event.button !== 0 || control.level() === 1) return;
      if (event.target instanceof Element && event.target.closest('.draw')) return;
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
        // Only now: captured at once, a click on a face would be one on the frame.
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
      // The second click of two would take back what the first did.
      if (isTaken(event) || event.detail > 1) return;
      const point = { x: event.clientX, y: event.clientY };
      if (byTouch) tap(point);
      else control.toggle(point);
    },
  };
}

function onWheel(event: WheelEvent, scroller: HTMLElement, control: ZoomControl): void {
  const pinched = event.ctrlKey || event.metaKey;
  if (!pinched) {
    // Fingers on a trackpad move a zoomed picture, and a wheel moves a page that scrolls.
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
      if (touches !== 2 || isTaken(event)) return;
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
      // Safari zooms the whole page by it, and tells fingers on a screen by touches as well.
      event.preventDefault();
      if (touches > 0) return;
      if (event.type === 'gesturestart') gestureLevel = control.level();
      const at = { x: event.clientX, y: event.clientY };
      if (event.type === 'gesturechange') control.zoomTo(gestureLevel * event.scale, at);
    },
  };
}
