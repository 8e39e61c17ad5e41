import { describe, expect, it } from 'vitest';
import { countColor } from './countColor.ts';
import { encodeColors } from './descriptor.ts';
import { hexOf, labOf } from './lab.ts';
import { mainColors } from './mainColors.ts';

/** The descriptor of a photo of plain colors, `#rrggbb` and the share each covers. */
function descriptorOf(parts: Readonly<Record<string, number>>) {
  const shares = new Float64Array(64);
  for (const [color, weight] of Object.entries(parts)) {
    countColor(Float64Array.from(labOf(color)), weight, shares);
  }
  return encodeColors(shares);
}

const apart = (one: string, other: string) =>
  Math.hypot(...labOf(one).map((value, i) => value - labOf(other)[i]!));

describe('the main colors of a photo', () => {
  it('are those it consists of, largest first', () => {
    const found = mainColors(descriptorOf({ '#1f5cc4': 0.6, '#cc2222': 0.3, '#f2cc1d': 0.1 }), 3);
    expect(found).toHaveLength(3);
    expect(found.map(({ weight }) => weight)).toEqual(
      found.map(({ weight }) => weight).sort((a, b) => b - a),
    );
    for (const [i, color] of ['#1f5cc4', '#cc2222', '#f2cc1d'].entries()) {
      expect(apart(found[i]!.color, color)).toBeLessThan(20);
    }
    expect(found[0]!.weight).toBeGreaterThan(0.5);
  });

  it('are fewer if there are fewer, and never more than asked for', () => {
    expect(mainColors(descriptorOf({ '#2e9e3f': 1 }), 3)).toHaveLength(1);
    expect(mainColors(descriptorOf({ '#2e9e3f': 1, '#ffffff': 0.01 }), 3)).toHaveLength(1);
    const four = { '#1f5cc4': 1, '#cc2222': 1, '#f2cc1d': 1, '#111111': 1 };
    expect(mainColors(descriptorOf(four), 3)).toHaveLength(3);
    expect(mainColors(descriptorOf(four), 2)).toHaveLength(2);
  });
});

it.each(['#000000', '#ffffff', '#808080', '#1f5cc4', '#cc2222', '#f2cc1d', '#2bb5b0'])(
  '%s is the color of its Lab values',
  (color) => expect(hexOf(labOf(color))).toBe(color),
);
