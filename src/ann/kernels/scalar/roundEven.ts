/** Rounds to the nearest integer, halves to even, as the vector instruction does. */
export function roundEven(x: number): number {
  const below = Math.floor(x);
  const part = x - below;
  if (part !== 0.5) return part < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
