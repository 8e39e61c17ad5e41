import { useCallback, useEffect, useState } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { Button } from '../parts/button.tsx';
import { PhotoGrid } from '../parts/grid/photo-grid.tsx';
import { SelectionAction, SelectionBar } from '../parts/grid/selection-bar.tsx';
import { RestoreIcon, TrashIcon } from '../parts/icons.tsx';
import { Bar } from '../parts/shell/top-bar.tsx';
import { newGridMemory } from '../state/grid-memory.ts';
import { useKeys } from '../state/hooks/keys/use-keys.ts';
import { useLoad } from '../state/hooks/use-load.ts';
import { useSelection } from '../state/selection.ts';
import { useUi } from '../state/ui.ts';
import { errorText } from '../text/errorText.ts';
import { t } from '../text/t.ts';
import './waiting.css';

const NONE = new Uint32Array(0);

/** Deleted photos that can still be restored. */
export default function Trash({ gallery }: { gallery: GallerySnapshot }) {
  const { akin, actions, ask, navigation } = useUi();
  const trash = useLoad(useCallback(() => akin.trash(), [akin]));
  const { reload } = trash;
  const ids = trash.value?.ids ?? NONE;
  const selection = useSelection(ids);
  const [memory] = useState(newGridMemory);
  const chosen = [...selection.ids];

  // Another tab, an undo, or Akin itself may have changed it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(reload, [gallery, reload]);
  useEffect(() => {
    addEventListener('focus', reload);
    return () => removeEventListener('focus', reload);
  }, [reload]);

  useKeys((key) => {
    if (key !== 'Escape' || selection.active) return false;
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
      title: t('trash.confirmTitle', { count: some.length }),
      body: t('trash.confirmBody', { count: some.length }),
      confirm: t('trash.confirm', { count: some.length }),
    });
    if (!agreed) return;
    memory.refocus = 'after-change';
    selection.clear();
    await actions.purge(some);
    reload();
  };

  return (
    <>
      {selection.active ? (
        <SelectionBar selection={selection} onDelete={() => void purge(chosen)}>
          <SelectionAction
            label={t('trash.restore')}
            icon={<RestoreIcon />}
            disabled={chosen.length === 0}
            onClick={() => void restore(chosen)}
          />
          <SelectionAction
            label={t('trash.delete')}
            icon={<TrashIcon />}
            shortcut="Delete"
            disabled={chosen.length === 0}
            onClick={() => void purge(chosen)}
          />
        </SelectionBar>
      ) : (
        <Bar>
          <h1 className="bar-name one-line">
            {t('trash.title')}
            {ids.length > 0 && <small>{t('trash.keptFor')}</small>}
          </h1>
          {ids.length > 0 && (
            <div className="bar-end">
              <Button look="quiet" className="button-bar" onClick={() => void restore([...ids])}>
                <RestoreIcon /> <span>{t('trash.restoreAll')}</span>
              </Button>
              <Button
                look="quiet"
                className="button-bar button-risky"
                onClick={() => void purge([...ids])}
              >
                <TrashIcon /> <span>{t('trash.empty')}</span>
              </Button>
            </div>
          )}
        </Bar>
      )}
      <main className={ids.length > 0 ? 'screen' : 'screen waiting'}>
        {trash.error && <p role="alert">{errorText(trash.error)}</p>}
        {trash.status === 'ready' && ids.length === 0 && (
          <>
            <TrashIcon />
            <h2>{t('trash.emptyTitle')}</h2>
            <p className="muted">{t('trash.emptyHint')}</p>
          </>
        )}
        {trash.value && ids.length > 0 && (
          <PhotoGrid
            ids={ids}
            aspects={trash.value.aspects}
            label={t('trash.gridLabel')}
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
