/** `meta` key of the generation at which spaces start after `clear` or `eraseFaces`. */
export const FIRST_GENERATION = 'first-generation';

/** Parses the value of {@link FIRST_GENERATION}; 0 if nothing was ever cleared. */
export function firstGeneration(kept: unknown): number {
  return typeof kept === 'number' && Number.isSafeInteger(kept) ? kept : 0;
}
