import { useEffect, useRef } from 'react';
import { useUi } from '../ui.ts';

/** Lets Back close the dialog that calls this, and stay on the view below. */
export function useBackCloses(close: () => void): void {
  const { navigation } = useUi();
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => navigation.openDialog(() => latest.current()), [navigation]);
}
