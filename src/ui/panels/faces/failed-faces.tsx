import { Button } from '../../parts/button.tsx';
import { plural } from '../../pure/format.ts';

interface FailedFacesProps {
  photos: number;
  busy: boolean;
  onRetry: () => void;
}

/** Photos that the search for faces can't get through. */
export function FailedFaces({ photos, busy, onRetry }: FailedFacesProps) {
  return (
    <div className="index-box index-work" data-testid="faces-failed">
      <p className="index-progress">
        {plural(photos, 'photo')} could not be looked at for faces.{' '}
        <span className="muted">
          {photos === 1 ? 'It is' : 'They are'} in your gallery all the same.
        </span>
      </p>
      <Button disabled={busy} onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
