/** Lets the messages know how high the bar is, so that they are shown above it. */
export function tellHeight(bar: HTMLElement): () => void {
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() =>
    style.setProperty('--dock', `${bar.offsetHeight + 10}px`),
  );
  observer.observe(bar);
  return () => {
    observer.disconnect();
    style.removeProperty('--dock');
  };
}
