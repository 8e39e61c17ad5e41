import type { PhotoId } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { AddIcon, LessIcon } from '../icons.tsx';

interface MarksProps {
  /** The photo to be more or less like. */
  id: PhotoId;
  /** Pixels below the buttons. */
  bottom: number;
  onMark: (id: PhotoId, mark: 'more' | 'less') => void;
}

/** + and − on a result. */
export function Marks({ id, bottom, onMark }: MarksProps) {
  return (
    <span className="result-marks" style={{ bottom }}>
      <IconButton label={t('query.moreLikeThis')} onClick={() => onMark(id, 'more')}>
        <AddIcon />
      </IconButton>
      <IconButton label={t('query.lessLikeThis')} onClick={() => onMark(id, 'less')}>
        <LessIcon />
      </IconButton>
    </span>
  );
}
