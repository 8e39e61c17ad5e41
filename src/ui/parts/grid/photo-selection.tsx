import { Suspense, useState } from 'react';
import type { PhotoId } from '../../../protocol/index.ts';
import { MOST_EXAMPLES, type PageTerm } from '../../pure/query/terms.ts';
import { MOST_COMPARED } from '../../pure/route.ts';
import type { Selection } from '../../state/selection.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { exportParts } from '../export/export-parts.ts';
import {
  CompareIcon,
  DownloadIcon,
  SimilarIcon,
  TagIcon,
  TrashIcon,
  VectorsIcon,
} from '../icons.tsx';
import { SameItemPicker } from '../items/same-item-picker.tsx';
import { lazyPart } from '../lazy-part.ts';
import { SelectionAction, SelectionBar } from './selection-bar.tsx';

const ExportVectors = lazyPart(exportParts.exportVectors);

interface PhotoSelectionProps {
  selection: Selection;
  onOpen: (id: PhotoId) => void;
  onDelete: () => void;
}

/** What can be done with several photos of the library. */
export function PhotoSelection({ selection, onOpen, onDelete }: PhotoSelectionProps) {
  const { actions, navigation, queries } = useUi();
  const { ids } = selection;
  const [choosing, setChoosing] = useState<readonly PhotoId[] | null>(null);
  const [exported, setExported] = useState<readonly PhotoId[] | null>(null);
  const none = ids.size === 0;
  const findSimilar = () => {
    const [id] = ids;
    if (id !== undefined && ids.size === 1) return onOpen(id);
    const terms = [...ids].map((each): PageTerm => ({ kind: 'photo', id: each, mark: 'more' }));
    navigation.push({ view: 'search', query: queries.keep(terms) });
  };
  return (
    <SelectionBar selection={selection} onDelete={onDelete}>
      <SelectionAction
        label={t('gallery.findSimilar')}
        icon={<SimilarIcon />}
        disabled={none || ids.size > MOST_EXAMPLES}
        reason={
          ids.size > MOST_EXAMPLES ? t('gallery.selectFewer', { count: MOST_EXAMPLES }) : undefined
        }
        onClick={findSimilar}
      />
      <SelectionAction
        label={t('compare.title')}
        icon={<CompareIcon />}
        disabled={ids.size < 2 || ids.size > MOST_COMPARED}
        reason={
          ids.size < 2 || ids.size > MOST_COMPARED
            ? t('compare.howMany', { count: MOST_COMPARED })
            : undefined
        }
        onClick={() => navigation.push({ view: 'compare', photos: [...ids] })}
      />
      <SelectionAction
        label={t('items.sameItem')}
        icon={<TagIcon />}
        disabled={none}
        onClick={() => setChoosing([...ids])}
      />
      <SelectionAction
        label={t('gallery.download')}
        icon={<DownloadIcon />}
        disabled={none}
        onClick={() => void actions.download([...ids])}
      />
      <SelectionAction
        rare
        label={t('export.vectors')}
        icon={<VectorsIcon />}
        disabled={none}
        onClick={() => setExported([...ids])}
      />
      <SelectionAction
        label={t('trash.move')}
        icon={<TrashIcon />}
        shortcut="Delete"
        disabled={none}
        onClick={onDelete}
      />
      {exported && (
        <Suspense>
          <ExportVectors ids={exported} onClose={() => setExported(null)} />
        </Suspense>
      )}
      {choosing && (
        <SameItemPicker
          photos={choosing}
          onClose={() => setChoosing(null)}
          onDone={selection.clear}
        />
      )}
    </SelectionBar>
  );
}
