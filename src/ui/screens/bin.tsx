import { useCallback, useEffect, useState } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { BackIcon, CloseIcon, RestoreIcon, TrashIcon } from '../parts/icons.tsx';
import { PhotoGrid } from '../parts/photo-grid.tsx';
import { Bar } from '../parts/top-bar.tsx';
import { count, plural } from '../pure/format.ts';
import { newGridMemory } from '../state/grid-memory.ts';
import { useSelection } from '../state/selection.ts';
import { useUi } from '../state/ui.ts';
import { useKeys } from '../state/use-keys.ts';
import { useLoad } from '../state/use-load.ts';
import './waiting.css';

const NONE = new Uint32Array(0);

/** The photos that were deleted and can still be brought back. */
export default function Bin({ gallery }: { gallery: GallerySnapshot }) {
  const { akin, actions, ask, navigation } = useUi();
  const bin = useLoad(useCallback(() => akin.bin(), [akin]));
  const { reload } = bin;
  const ids = bin.value?.ids ?? NONE;
  const selection = useSelection(ids);
  const [memory] = useState(newGridMemory);
  const chosen = [...selection.ids];

  // Another tab, an undo, or Akin itself may have changed the bin.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(reload, [gallery, reload]);
  useEffect(() => {
    addEventListener('focus', reload);
    return () => removeEventListener('focus', reload);
  }, [reload]);

  useKeys((key) => {
    if (key !== 'Escape') return false;
    navigation.home();
    return true;
  });

  const restore = async (some: readonly PhotoId[]) => {
    memory.refocus = 'after-change';
    selection.clear();
    await actions.restore(some);
    reload();
  };
  const purge = async (some: readonly PhotoId[]) => {
    const agreed = await ask({
      title: some.length === 1 ? 'Delete this photo for good?' : 'Delete these photos for good?',
      body: `${plural(some.length, 'photo')} will be deleted from this device. The files you brought them from are not touched. This can’t be undone.`,
      confirm: `Delete ${plural(some.length, 'photo')}`,
    });
    if (!agreed) return;
    memory.refocus = 'after-change';
    selection.clear();
    await actions.purge(some);
    reload();
  };

  return (
    <>
      <Bar>
        {selection.active ? (
          <IconButton label="Clear the selection" shortcut="Escape" onClick={selection.clear}>
            <CloseIcon />
          </IconButton>
        ) : (
          <IconButton label="Back" onClick={() => navigation.back()}>
            <BackIcon />
          </IconButton>
        )}
        <h1 className="bar-name one-line">
          {chosen.length > 0 ? `${count(chosen.length)} selected` : 'Bin'}
          {chosen.length === 0 && ids.length > 0 && <small>Kept for 30 days</small>}
        </h1>
        {ids.length > 0 && (
          <div className="bar-end">
            <Button
              look="quiet"
              className="button-bar"
              onClick={() => void restore(chosen.length > 0 ? chosen : [...ids])}
            >
              <RestoreIcon /> <span>{chosen.length > 0 ? 'Restore' : 'Restore all'}</span>
            </Button>
            <Button
              look="quiet"
              className="button-bar button-risky"
              onClick={() => void purge(chosen.length > 0 ? chosen : [...ids])}
            >
              <TrashIcon /> <span>{chosen.length > 0 ? 'Delete for good' : 'Empty the bin'}</span>
            </Button>
          </div>
        )}
      </Bar>
      <main className={ids.length > 0 ? 'screen' : 'screen waiting'}>
        {bin.error && <p role="alert">{bin.error.message}</p>}
        {bin.status === 'ready' && ids.length === 0 && (
          <>
            <TrashIcon />
            <h2>The bin is empty</h2>
            <p className="muted">Photos you delete stay here for 30 days, then go for good.</p>
          </>
        )}
        {bin.value && ids.length > 0 && (
          <PhotoGrid
            ids={ids}
            aspects={bin.value.aspects}
            label="Photos in the bin"
            memory={memory}
            selection={selection}
            hrefOf={(id) => navigation.url({ view: 'photo', id })}
            onOpen={(id) => navigation.push({ view: 'photo', id })}
            onDelete={(some) => void purge(some)}
          />
        )}
      </main>
    </>
  );
}
