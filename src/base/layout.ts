/**
 * Rounds up to a multiple of `alignment`.
 *
 * @param bytes a size or offset, non-negative
 * @param alignment at least 1
 */
export function alignUp(bytes: number, alignment: number): number {
  const over = bytes % alignment;
  return over === 0 ? bytes : bytes + alignment - over;
}

/**
 * The product of untrusted sizes, or `undefined` unless it is a safe integer: an overflowed or
 * rounded product must never be used as a size.
 *
 * @param factors non-negative integers
 */
export function safeProduct(...factors: readonly number[]): number | undefined {
  let product = 1;
  for (const factor of factors) {
    product *= factor;
    if (!Number.isSafeInteger(product)) return undefined;
  }
  return product;
}
