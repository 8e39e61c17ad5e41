import { locale } from '../../text/t.ts';

const formats = new Map<number, Intl.NumberFormat>();

/** `0.25` with two digits: a number as it is written in the page's language. */
export function decimals(value: number, digits: number): string {
  let format = formats.get(digits);
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(digits, format);
  }
  return format.format(value);
}
