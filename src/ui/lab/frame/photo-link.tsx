import type { PhotoId } from '../../../protocol/index.ts';
import { ThumbImage } from '../../parts/grid/tile.tsx';
import { t } from '../../text/t.ts';
import { useLab } from '../state/lab-context.ts';

/** A small photo in a table; choosing it searches for it. */
export function PhotoLink({ id }: { id: PhotoId }) {
  const { searchFor } = useLab();
  return (
    <button
      type="button"
      className="lab-photo lab-photo-small"
      title={t('lab.searchThis')}
      onClick={() => searchFor(id)}
    >
      <ThumbImage id={id} unnamed={t('lab.photoNumber', { id: String(id) })} />
    </button>
  );
}
