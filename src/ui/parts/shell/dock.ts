/** Publishes the total height of the bars, so that toasts appear above them. */
export function reportHeight(dock: HTMLElement | null): () => void {
  if (!dock) return () => {};
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => {
    if (dock.offsetHeight === 0) style.removeProperty('--dock');
    else style.setProperty('--dock', `${dock.offsetHeight + 10}px`);
  });
  observer.observe(dock);
  return () => {
    observer.disconnect();
    style.removeProperty('--dock');
  };
}
