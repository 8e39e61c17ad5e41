/**
 * Focuses what had the focus before the user left, unless they have gone on to the search bar while
 * it was loading.
 */
export function restoreFocus(element: HTMLElement | undefined): void {
  if (document.activeElement?.closest('.query-box, .terms')) return;
  element?.focus({ preventScroll: true });
}
