import { type TouchEvent, useRef } from 'react';

/** A finger that went this far sideways, in pixels, and mostly sideways, has swiped. */
const FAR = 56;

/** Handlers for an element that is swiped to one side or the other with one finger. */
export function useSwipe(onLeft: (() => void) | null, onRight: (() => void) | null) {
  const start = useRef<{ x: number; y: number } | null>(null);
  return {
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches[0];
      const zoomed = (window.visualViewport?.scale ?? 1) > 1.05;
      start.current =
        touch && event.touches.length === 1 && !zoomed
          ? { x: touch.clientX, y: touch.clientY }
          : null;
    },
    onTouchEnd: (event: TouchEvent) => {
      const from = start.current;
      const touch = event.changedTouches[0];
      start.current = null;
      if (!from || !touch || event.touches.length > 0) return;
      const dx = touch.clientX - from.x;
      if (Math.abs(dx) < FAR || Math.abs(dx) < 2 * Math.abs(touch.clientY - from.y)) return;
      if (dx < 0) onLeft?.();
      else onRight?.();
    },
  };
}
