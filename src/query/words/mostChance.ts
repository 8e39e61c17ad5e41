/**
 * How likely a photo that does *not* show a word may be to fit it as well as an answer does. The more
 * classes a word has, the more photos show it, and the less alike they are: what is asked of a photo of
 * an animal is less than of one of a sandal.
 *
 * @param classes of the word
 * @param perClass fitted; with it in (0, 1]
 */
export function mostChance(classes: number, perClass: number): number {
  return Math.min(classes * perClass, MOST);
}

/** What fits no better than a tenth of all other photos is no answer to anything. */
const MOST = 1 / 10;
