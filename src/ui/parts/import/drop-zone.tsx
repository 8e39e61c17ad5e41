import { useEffect, useState } from 'react';
import type { ImportItem } from '../../../protocol/index.ts';
import { carriedBy, filesOf } from '../../state/carried.ts';
import { DragWatch } from '../../state/drag-watch.ts';
import { isTextField } from '../../state/fields.ts';
import { pastedName } from '../../state/files.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Mark } from '../icons.tsx';
import './drop-zone.css';

/** Types carried by links and fragments of web pages. */
const FROM_THE_WEB = ['text/uri-list', 'text/x-moz-url', 'text/html'];

function brings(event: DragEvent): 'files' | 'web' | null {
  const types = event.dataTransfer?.types ?? [];
  if (types.includes('Files')) return 'files';
  // Text can be dropped into fields; anywhere else, a dropped link would navigate away from Akin.
  if (isTextField(event.target)) return null;
  return FROM_THE_WEB.some((type) => types.includes(type)) ? 'web' : null;
}

async function firstFile(found: AsyncIterable<readonly ImportItem[]>): Promise<File | null> {
  for await (const items of found) {
    for (const item of items) if ('file' in item) return item.file;
  }
  return null;
}

/** Accepts files dropped or pasted anywhere, on every screen. */
export function DropZone() {
  const { actions, dragging, dropTaker, showToast } = useUi();
  const taker = useObservable(dropTaker);
  const [over, setOver] = useState(false);

  useEffect(() => {
    const watch = new DragWatch((is) => {
      setOver(is);
      dragging.set(is);
    });
    /** Whether the drag started on the page, with photos that are already imported. */
    let ours = false;
    const begin = () => {
      ours = true;
      // `dragend` alone is not enough: it is lost if its target is removed.
      addEventListener('pointermove', end, { once: true });
    };
    const end = () => {
      ours = false;
      watch.end();
    };
    const hover = (event: DragEvent) => {
      const what = brings(event);
      if (what === null) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = ours ? 'none' : 'copy';
      if (what === 'files' && !ours) watch.seen();
    };
    const leave = (event: DragEvent) => watch.left(event);
    const drop = (event: DragEvent) => {
      watch.end();
      const what = brings(event);
      if (what === null) return;
      event.preventDefault();
      if (ours) return end();
      const carried = what === 'files' ? carriedBy(event.dataTransfer) : [];
      if (carried.length > 0) take(filesOf(carried));
      else {
        showToast({
          text: t('import.filesOnly'),
          detail: t('import.filesOnlyHint'),
        });
      }
    };
    const paste = (event: ClipboardEvent) => {
      if (isTextField(event.target)) return;
      const carried = carriedBy(event.clipboardData);
      if (carried.length === 0) return;
      event.preventDefault();
      take(pasted(filesOf(carried)));
    };
    const take = (found: AsyncIterable<readonly ImportItem[]>) => {
      const taking = dropTaker.get();
      if (!taking) void actions.importFiles(found);
      else if ('takeAll' in taking) taking.takeAll(found);
      else {
        void firstFile(found).then((file) => {
          if (!file) showToast({ text: t('import.noFile') });
          // The requester may be closed by now.
          else if (dropTaker.get() === taking) taking.take([file]);
        });
      }
    };
    const listening = new AbortController();
    const { signal } = listening;
    addEventListener('dragstart', begin, { signal });
    addEventListener('dragend', end, { signal });
    addEventListener('dragenter', hover, { signal });
    addEventListener('dragover', hover, { signal });
    addEventListener('dragleave', leave, { signal });
    addEventListener('drop', drop, { signal });
    addEventListener('paste', paste, { signal });
    return () => {
      listening.abort();
      watch.end();
    };
  }, [actions, dragging, dropTaker, showToast]);

  useEffect(() => {
    if (!taker || !over) return;
    taker.over(true);
    return () => taker.over(false);
  }, [taker, over]);

  if (!over || taker) return null;
  return (
    <section className="drop-overlay" aria-label={t('import.drop')} data-testid="drop-overlay">
      <div className="drop-card">
        <Mark size={64} />
        <p>{t('import.drop')}</p>
        <p className="muted">{t('import.subfolders')}</p>
      </div>
    </section>
  );
}

/** Clipboard files may have no name of their own; see `pastedName`. */
async function* pasted(
  found: AsyncIterable<readonly ImportItem[]>,
): AsyncGenerator<readonly ImportItem[]> {
  for await (const items of found) {
    yield items.map((item) =>
      'file' in item && item.path === ''
        ? { ...item, file: pastedName(item.file, new Date()) }
        : item,
    );
  }
}
