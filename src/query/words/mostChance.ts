/**
 * The maximum p-value for a result: the chance that a photo that does *not* show a word fits it as
 * well. A word with more classes is in more, and more diverse, photos: the threshold for an animal
 * is looser than that for a sandal.
 *
 * @param classes number of the word's classes
 * @param perClass fitted; with it in (0, 1]
 */
export function mostChance(classes: number, perClass: number): number {
  return Math.min(classes * perClass, MOST);
}

/** Anything that fits no better than a tenth of all other photos is never a result. */
const MOST = 1 / 10;
