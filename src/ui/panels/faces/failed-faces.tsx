import { Button } from '../../parts/button.tsx';
import { muted } from '../../parts/faces/text-tags.tsx';
import { t } from '../../text/t.ts';

interface FailedFacesProps {
  photos: number;
  busy: boolean;
  onRetry: () => void;
}

/** Photos that failed the face scan. */
export function FailedFaces({ photos, busy, onRetry }: FailedFacesProps) {
  return (
    <div className="index-box index-work" data-testid="faces-failed">
      <p className="index-progress">{t.rich('faces.photosFailed', { count: photos, muted })}</p>
      <Button disabled={busy} onClick={onRetry}>
        {t('common.tryAgain')}
      </Button>
    </div>
  );
}
