import { Button } from '../../parts/button.tsx';
import { attempt } from '../../state/actions/attempt.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import type { Join } from './use-join.ts';

/** What dragging photos together moves, and whether that is kept to learn from. */
export function JoinCard({ join }: { join: Join }) {
  const { akin, showToast } = useUi();
  const { pairs, moved } = join;
  const save = () =>
    attempt(showToast, t('map.joinNotSaved'), async () => {
      for (const [a, b] of pairs) await akin.teach.pairs.answer(a, b, true);
      join.clear();
      showToast({ text: t('map.joinSaved') });
    });
  return (
    <section className="map-card" aria-label={t('map.tool.join')} data-testid="map-join">
      <p role="status">
        {moved === null ? t('common.gettingReady') : t('map.joinMoves', { count: moved })}
      </p>
      <Button look="primary" disabled={moved === null} onClick={() => void save()}>
        {t('map.joinSave')}
      </Button>
      <Button onClick={join.undo}>{t('common.undo')}</Button>
      {pairs.length > 1 && <Button onClick={join.clear}>{t('map.joinClear')}</Button>}
    </section>
  );
}
