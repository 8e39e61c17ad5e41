/**
 * Rounds up to a multiple of `alignment`.
 *
 * @param bytes a size or an offset, not negative
 * @param alignment at least 1
 */
export function alignUp(bytes: number, alignment: number): number {
  const over = bytes % alignment;
  return over === 0 ? bytes : bytes + alignment - over;
}

/**
 * The product of sizes that came from outside, or `undefined` where it is no exact safe integer:
 * a product that wrapped or was rounded must never be taken for a size.
 *
 * @param factors integers, none negative
 */
export function safeProduct(...factors: readonly number[]): number | undefined {
  let product = 1;
  for (const factor of factors) {
    product *= factor;
    if (!Number.isSafeInteger(product)) return undefined;
  }
  return product;
}
