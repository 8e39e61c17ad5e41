const DAY_MS = 86_400_000;

/**
 * Month of a timestamp in UTC, counted from January of year 0. Pure arithmetic: a `Date` for each
 * of 100,000 photos would take a hundred times as long.
 */
export function monthOf(ms: number): number {
  // Days since March 1 of year 0, in eras of 400 years; starting in March puts leap days last.
  const days = Math.floor(ms / DAY_MS) + 719_468;
  const era = Math.floor(days / 146_097);
  const day = days - era * 146_097;
  const year = Math.floor(
    (day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365,
  );
  const dayOfYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  return (era * 400 + year) * 12 + fromMarch + 2;
}

/** Local day of a timestamp, counted from January 1, 1970. */
export function dayOf(ms: number): number {
  return Math.floor(wallClock(ms) / DAY_MS);
}

/** Local time of a timestamp, encoded as if it were UTC. */
export function wallClock(ms: number): number {
  return ms - new Date(ms).getTimezoneOffset() * 60_000;
}
