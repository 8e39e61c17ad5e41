const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

const compressed = (t: number) => (t > 216 / 24_389 ? Math.cbrt(t) : (841 / 108) * t + 4 / 29);

/**
 * Converts an sRGB color to CIE L*a*b* (CIE 15:2004, white point D65), where equal distances look
 * about equally large: L is from 0 to 100; sRGB's a and b are from -108 to 99.
 *
 * @param red, green and blue: integers from 0 to 255
 * @param into L, a and b are written here, from `at`
 */
export function toLab(
  red: number,
  green: number,
  blue: number,
  into: Float64Array,
  at: number,
): void {
  const r = LINEAR[red]!;
  const g = LINEAR[green]!;
  const b = LINEAR[blue]!;
  const x = compressed((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = compressed(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = compressed((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  into[at] = 116 * y - 16;
  into[at + 1] = 500 * (x - y);
  into[at + 2] = 200 * (y - z);
}
