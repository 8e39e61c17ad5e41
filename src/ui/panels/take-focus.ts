/**
 * Focuses an element of a dialog, for an effect. When the element that had the focus was removed, the
 * dialog takes it a frame later; this takes it back.
 *
 * @returns a function that stops trying
 */
export function takeFocus(element: HTMLElement | null): () => void {
  element?.focus();
  const takeBack = () => {
    if (document.activeElement?.matches('body, [role="dialog"]')) element?.focus();
  };
  // The dialog may have asked for its frame after this; then it has the focus in the next one.
  let frame = requestAnimationFrame(() => {
    takeBack();
    frame = requestAnimationFrame(takeBack);
  });
  return () => cancelAnimationFrame(frame);
}
