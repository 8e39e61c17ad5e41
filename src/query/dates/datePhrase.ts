import { foldName } from '../filters/foldName.ts';

/** A calendar day, month or year, or a month of every year. */
export interface DatePhrase {
  /** Absent for a month or day of every year. */
  readonly year?: number;
  /** 1 to 12; absent for a whole year. */
  readonly month?: number;
  /** 1 to 31; absent for a whole month. */
  readonly day?: number;
}

const FIRST_YEAR = 1826;
const LAST_YEAR = 2200;
/** Letters of a month's name that identify it. */
const LEAST_LETTERS = 3;

/**
 * Parses a date as people type it, in a language's month names and day-month order: "2024", "june
 * 2024", "jun", "12 june 2024", "2024-06-12", "6/2024", "12.6.2024".
 *
 * @param language BCP 47 tag, for names of months and the order of `6/12/2024`
 * @returns `null` if it is no date
 */
export function parseDate(text: string, language: string): DatePhrase | null {
  const folded = foldName(text).trim();
  return parseNumeric(folded, language) ?? parseNamed(folded, language);
}

/**
 * The times of a date, as local wall-clock milliseconds.
 *
 * @returns `null` for a date without a year
 */
export function rangeOf({ year, month, day }: DatePhrase): { from: number; to: number } | null {
  if (year === undefined) return null;
  const from = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  const to =
    month === undefined
      ? Date.UTC(year + 1, 0, 1)
      : day === undefined
        ? Date.UTC(year, month, 1)
        : Date.UTC(year, month - 1, day + 1);
  return { from, to };
}

function parseNumeric(text: string, language: string): DatePhrase | null {
  const year = /^(\d{4})$/.exec(text);
  if (year) return checked({ year: Number(year[1]) });
  const iso = /^(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?$/.exec(text);
  if (iso) return checked(numbers(iso[1], iso[2], iso[3]));
  const monthYear = /^(\d{1,2})[-./](\d{4})$/.exec(text);
  if (monthYear) return checked(numbers(monthYear[2], monthYear[1]));
  const full = /^(\d{1,2})([-./])(\d{1,2})\2 ?(\d{4})$/.exec(text);
  if (!full) return null;
  const [, first, , second, last] = full;
  return isMonthFirst(language)
    ? checked(numbers(last, first, second))
    : checked(numbers(last, second, first));
}

function parseNamed(text: string, language: string): DatePhrase | null {
  const words = text.split(/[\s,]+/).filter((word) => word !== '' && word !== 'of');
  let found: { year?: number; month?: number; day?: number } = {};
  for (const word of words) {
    const number = /^(\d{1,4})(?:st|nd|rd|th|\.)?$/.exec(word)?.[1];
    const month = number === undefined ? monthOf(word, language) : null;
    if (number?.length === 4 && found.year === undefined)
      found = { ...found, year: Number(number) };
    else if (number !== undefined && number.length <= 2 && found.day === undefined)
      found = { ...found, day: Number(number) };
    else if (month !== null && found.month === undefined) found = { ...found, month };
    else return null;
  }
  return found.month === undefined ? null : checked(found);
}

/** The month a word names or abbreviates, 1 to 12; `null` if none or several. */
function monthOf(word: string, language: string): number | null {
  const sought = word.replace(/\.$/, '');
  if (sought.length < LEAST_LETTERS) return null;
  const names = Array.from({ length: 12 }, (_, m) => foldName(monthName(m + 1, language)));
  const exact = names.indexOf(sought);
  if (exact >= 0) return exact + 1;
  const starting = names.flatMap((name, m) => (name.startsWith(sought) ? [m + 1] : []));
  return starting.length === 1 ? starting[0]! : null;
}

function monthName(month: number, language: string): string {
  return new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2024, month - 1, 1),
  );
}

/** Whether a language writes 6/12/2024 for June 12. */
function isMonthFirst(language: string): boolean {
  const parts = new Intl.DateTimeFormat(language, { timeZone: 'UTC' }).formatToParts(0);
  const types = parts.map(({ type }) => type);
  return types.indexOf('month') < types.indexOf('day');
}

function numbers(year?: string, month?: string, day?: string): DatePhrase {
  return {
    year: Number(year),
    ...(month !== undefined && { month: Number(month) }),
    ...(day !== undefined && { day: Number(day) }),
  };
}

/** `null` for a date that no calendar has. */
function checked(date: DatePhrase): DatePhrase | null {
  const { year, month, day } = date;
  if (year !== undefined && (year < FIRST_YEAR || year > LAST_YEAR)) return null;
  if (month !== undefined && (month < 1 || month > 12)) return null;
  if (day !== undefined) {
    // 2024 is a leap year, so every day of some year is valid.
    const days = new Date(Date.UTC(year ?? 2024, month ?? 1, 0)).getUTCDate();
    if (month === undefined || day < 1 || day > days) return null;
  }
  return date;
}
