import { useEffect } from 'react';
import { useUi } from '../ui.ts';
import { useLatest } from './use-latest.ts';

/** Lets Back close the dialog that calls this, and stay on the view below. */
export function useBackCloses(close: () => void): void {
  const { navigation } = useUi();
  const latest = useLatest(close);
  useEffect(() => navigation.openDialog(() => latest.current()), [navigation, latest]);
}
