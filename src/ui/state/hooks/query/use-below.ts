import { type RefObject, useLayoutEffect, useState } from 'react';

/**
 * Number of children of an element that are below its visible part, kept up to date.
 *
 * @param count of its children
 */
export function useBelow(ref: RefObject<HTMLElement | null>, count: number): number {
  const [below, setBelow] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const end = element.offsetTop + element.clientHeight;
      const children = [...element.children].slice(0, count) as HTMLElement[];
      setBelow(children.filter((child) => child.offsetTop >= end).length);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, count]);
  return below;
}
