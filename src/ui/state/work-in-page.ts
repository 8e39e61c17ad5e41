import { useEffect } from 'react';
import { Subject } from '../../engine/index.ts';

/** Whether the page itself shows the face scan, so that the bar doesn't repeat it. */
export const workInPage = new Subject(false);

/** Marks the face scan as shown in the page while mounted. */
export function useWorkInPage(): void {
  useEffect(() => {
    workInPage.set(true);
    return () => workInPage.set(false);
  }, []);
}
