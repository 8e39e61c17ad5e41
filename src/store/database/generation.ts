/** Under this name `clear` and erasing leave the generation at which spaces start afterwards. */
export const FIRST_GENERATION = 'first-generation';

/** What is kept under {@link FIRST_GENERATION}; 0 where nothing was ever cleared. */
export function firstGeneration(kept: unknown): number {
  return typeof kept === 'number' && Number.isSafeInteger(kept) ? kept : 0;
}
