import { Progress } from '@base-ui/react/progress';
import type { MapWork } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { t } from '../../text/t.ts';

interface LayoutProgressProps {
  work: Extract<MapWork, { state: 'working' }>;
  onCancel: () => void;
}

/** How far a layout is. */
export function LayoutProgress({ work, onCancel }: LayoutProgressProps) {
  return (
    <div className="layout-progress" data-testid="layout-progress">
      <Progress.Root value={work.share * 100} aria-label={t('map.working')}>
        <p>{t(`map.stage.${work.stage}`)}</p>
        <Progress.Track className="quota-track">
          <Progress.Indicator className="index-indicator" />
        </Progress.Track>
      </Progress.Root>
      <Button onClick={onCancel}>{t('common.cancel')}</Button>
    </div>
  );
}
