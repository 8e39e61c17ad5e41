import { useEffect, useState } from 'react';
import { droppedFiles, pastedFiles } from '../state/files.ts';
import { useUi } from '../state/ui.ts';
import { akinError } from '../state/use-load.ts';
import { useObservable } from '../state/use-observable.ts';
import { Mark } from './icons.tsx';
import './drop-zone.css';

function bringsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** Takes files dropped or pasted anywhere, on every screen. */
export function DropZone() {
  const { actions, dropTaker, tell } = useUi();
  const taker = useObservable(dropTaker);
  const [over, setOver] = useState(false);

  useEffect(() => {
    // Entering a child leaves its parent: only the difference says whether the window is left.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = async (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      try {
        const files = await droppedFiles(event);
        const taker = dropTaker.get();
        if (files.length > 0 && taker) taker.take(files.map(({ file }) => file));
        else if (files.length > 0) await actions.importFiles(files);
        else tell({ text: 'There are no files in what was dropped' });
      } catch (thrown) {
        tell({
          text: 'What was dropped could not be read',
          detail: akinError(thrown).message,
          urgent: true,
        });
      }
    };
    const paste = (event: ClipboardEvent) => {
      const files = pastedFiles(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      const taker = dropTaker.get();
      if (taker) taker.take(files);
      else void actions.importFiles(files);
    };
    addEventListener('dragenter', enter);
    addEventListener('dragleave', leave);
    addEventListener('dragover', hover);
    addEventListener('drop', drop);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('dragenter', enter);
      removeEventListener('dragleave', leave);
      removeEventListener('dragover', hover);
      removeEventListener('drop', drop);
      removeEventListener('paste', paste);
    };
  }, [actions, dropTaker, tell]);

  useEffect(() => {
    if (!taker || !over) return;
    taker.over(true);
    return () => taker.over(false);
  }, [taker, over]);

  if (!over || taker) return null;
  return (
    <section className="drop-overlay" aria-label="Drop files" data-testid="drop-overlay">
      <div className="drop-card">
        <Mark size={64} />
        <p>Drop to add to your library</p>
        <p className="muted">Folders are looked through to their depths.</p>
      </div>
    </section>
  );
}
