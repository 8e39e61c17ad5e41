/**
 * A seeded pseudo-random number generator. It is passed to code that needs randomness, so every run
 * of a test, benchmark or training is reproducible.
 */
export interface Prng {
  /** The next integer, uniform in `0 .. 2³² − 1`. */
  uint32(): number;
  /** The next number, uniform in `[0, 1)`, with 32 random bits. */
  float(): number;
  /** The next integer, uniform in `0 .. bound − 1`; `bound` from 1 to 2³². */
  below(bound: number): number;
  /** The next sample of the standard normal distribution. */
  normal(): number;
}

const TWO_POW_32 = 4294967296;

/**
 * Creates a generator from a 32-bit seed.
 *
 * Uses sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state with a counter that guarantees a
 * period of at least 2³². The first outputs depend weakly on the seed and are dropped.
 *
 * @param seed taken modulo 2³²
 */
export function createPrng(seed: number): Prng {
  let a = 0;
  let b = seed | 0;
  let c = 0;
  let counter = 1;
  let spareNormal: number | undefined;

  function uint32(): number {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  }

  function float(): number {
    return uint32() / TWO_POW_32;
  }

  function below(bound: number): number {
    return Math.floor(float() * bound);
  }

  /** Marsaglia's polar method: each accepted point of the disc gives two samples. */
  function normal(): number {
    if (spareNormal !== undefined) {
      const spare = spareNormal;
      spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const u = 2 * float() - 1;
      const v = 2 * float() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        spareNormal = v * factor;
        return u * factor;
      }
    }
  }

  for (let i = 0; i < 12; i++) uint32();
  return { uint32, float, below, normal };
}
