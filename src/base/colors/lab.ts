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

/** L*, a* and b*. */
export type Lab = readonly [l: number, a: number, b: number];

/** That of `#rrggbb`. */
export function labOf(color: string): Lab {
  const rgb = Number.parseInt(color.slice(1), 16);
  const lab = new Float64Array(3);
  toLab(rgb >> 16, (rgb >> 8) & 255, rgb & 255, lab, 0);
  return [lab[0]!, lab[1]!, lab[2]!];
}

const expanded = (t: number) => (t > 6 / 29 ? t ** 3 : (108 / 841) * (t - 4 / 29));

/** The sRGB color `#rrggbb` nearest to a CIE L*a*b* color, channel by channel. */
export function hexOf([l, a, b]: Lab): string {
  const fy = (l + 16) / 116;
  const x = 0.95047 * expanded(fy + a / 500);
  const y = expanded(fy);
  const z = 1.08883 * expanded(fy - b / 200);
  const linear = [
    3.2404542 * x - 1.5371385 * y - 0.4985314 * z,
    -0.969266 * x + 1.8760108 * y + 0.041556 * z,
    0.0556434 * x - 0.2040259 * y + 1.0572252 * z,
  ];
  const rgb = linear.map((value) => {
    const inside = Math.min(1, Math.max(0, value));
    const share = inside <= 0.0031308 ? 12.92 * inside : 1.055 * inside ** (1 / 2.4) - 0.055;
    return Math.round(255 * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${rgb.join('')}`;
}
