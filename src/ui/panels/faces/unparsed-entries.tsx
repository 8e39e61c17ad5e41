import { t } from '../../text/t.ts';

/** Explains that unparsed log entries are preserved. */
export function UnparsedEntries({ count }: { count: number }) {
  return (
    <p className="muted faces-note" role="note" data-testid="unparsed-entries">
      {t('people.unparsed', { count })}
    </p>
  );
}
