import { useEffect } from 'react';
import { Subject } from '../../engine/index.ts';

/** Whether the page itself shows how the search for faces goes: the bar would say it twice. */
export const workInPage = new Subject(false);

/** Shows it in the page for as long as the component is there. */
export function useWorkInPage(): void {
  useEffect(() => {
    workInPage.set(true);
    return () => workInPage.set(false);
  }, []);
}
