import { t } from '../../text/t.ts';

/** Tells that changes which can't be read here are not lost. */
export function UnparsedEntries({ count }: { count: number }) {
  return (
    <p className="muted faces-note" role="note" data-testid="unparsed-entries">
      {t('people.unparsed', { count })}
    </p>
  );
}
