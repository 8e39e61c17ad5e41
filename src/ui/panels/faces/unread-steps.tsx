import { t } from '../../text/t.ts';

/** Tells that changes which can't be read here are not lost. */
export function UnreadSteps({ steps }: { steps: number }) {
  return (
    <p className="muted faces-note" role="note" data-testid="unread-steps">
      {t('people.unread', { count: steps })}
    </p>
  );
}
