/** Colors that a descriptor counts. */
export const CODEBOOK_SIZE = 64;
/** Lightness differs within one color, in light and shadow: its squared difference counts half. */
export const LIGHTNESS_WEIGHT = 0.5;

/**
 * (CODEBOOK_SIZE × 3) L*, a* and b* of each, from dark to light. Fitted by `npm run fit:colors` to
 * 700 photos of as many subjects. A change needs a new `COLORS_VERSION`.
 */
// biome-ignore format: a table
export const CODEBOOK: readonly number[] = [
  6, 1, 1, 14, 16, 4, 15, -8, 7, 16, 14, -22,
  18, 0, -9, 19, 9, 16, 23, 25, 15, 25, -3, 16,
  25, 0, 3, 27, -17, 22, 27, 33, -59, 29, 16, -41,
  29, 38, 23, 34, 0, -23, 36, -1, -8, 36, 17, 29,
  37, -16, 6, 37, 7, 16, 39, -28, 31, 39, 0, 3,
  40, 47, 43, 41, 0, 30, 41, 18, 2, 47, -1, 14,
  48, 29, 37, 48, 64, 49, 49, 48, 3, 49, 52, 27,
  50, 9, 46, 51, -15, 20, 51, -15, 39, 52, 5, -47,
  54, 0, 3, 54, 2, -21, 55, 9, 22, 55, 78, -40,
  56, -39, 47, 57, 1, -8, 57, 31, 55, 57, 32, -39,
  59, -18, 1, 59, 30, 17, 60, -16, -21, 62, -49, 28,
  65, 10, 9, 66, -3, 14, 67, -5, 31, 68, 12, 37,
  69, -26, 34, 69, 12, 65, 70, -3, -31, 72, -1, 2,
  72, 18, -6, 73, -32, 56, 74, 8, 22, 78, -6, 51,
  79, -28, 14, 79, 2, -12, 81, -7, 73, 83, -12, -13,
  86, -1, -3, 86, 1, 10, 87, -8, 24, 97, -2, 0,
];
