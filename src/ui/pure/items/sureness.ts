import { locale } from '../../text/t.ts';

/** A probability: "97%". Never 100%: nobody is that sure. */
export function sureness(probability: number): string {
  const share = Math.min(probability, 0.99);
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(share);
}
