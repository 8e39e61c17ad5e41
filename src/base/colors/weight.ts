/**
 * How much its colors count in a picture that is searched with, beside what it shows, unless the
 * query says otherwise. Chosen by `npm run bench:color`: see docs/search.md.
 */
export const COLOR_WEIGHT = 0.1;
