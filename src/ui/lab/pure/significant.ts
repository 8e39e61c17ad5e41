import { locale } from '../../text/t.ts';

/** `0.00212`: three digits that matter. */
export function significant(n: number): string {
  return new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(n);
}
