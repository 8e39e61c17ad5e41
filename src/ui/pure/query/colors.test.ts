import { describe, expect, it } from 'vitest';
import { hasColors, isHexColor } from '../../../query/index.ts';
import { colorsOfPixels } from '../../../vision/colors/colorsOfPixels.ts';
import {
  COLOR_NAMES,
  colorNamed,
  colorsBeginning,
  colorsLabel,
  SWATCHES,
  toggled,
} from './colors.ts';
import { suggestionRows, suggestsWord, typedTerm } from './suggestion-items.ts';
import { type PageTerm, pickedColors, toQuery, withColors } from './terms.ts';

const NOTHING = { people: [], items: [], words: [], filters: [] };
const hex = (...names: (keyof typeof SWATCHES)[]) => names.map((name) => SWATCHES[name]);
const term = (...colors: (keyof typeof SWATCHES)[]): PageTerm => ({
  kind: 'color',
  colors: hex(...colors),
  mark: 'more',
});

describe('the colors that can be picked', () => {
  it('are told apart: a photo of one matches no other as well', () => {
    for (const name of COLOR_NAMES) {
      const rgb = Number.parseInt(SWATCHES[name].slice(1), 16);
      const plain = colorsOfPixels(
        Uint8ClampedArray.of(rgb >> 16, (rgb >> 8) & 255, rgb & 255, 255),
        1,
        1,
      );
      const scores = COLOR_NAMES.map((other) =>
        hasColors([{ color: SWATCHES[other], weight: 1 }])(plain, 0),
      );
      expect(COLOR_NAMES[scores.indexOf(Math.max(...scores))]).toBe(name);
      expect(isHexColor(SWATCHES[name])).toBe(true);
    }
  });

  it('are found by the beginning of a name, or another word for it', () => {
    expect(colorsBeginning('re')).toEqual(['red']);
    expect(colorsBeginning('GRE')).toEqual(['green', 'gray']);
    expect(colorsBeginning('viol')).toEqual(['purple']);
    expect(colorsBeginning('b')).toEqual([]);
    expect(colorsBeginning('toString')).toEqual([]);
    expect(colorNamed(' Gray ')).toBe('gray');
    expect(colorNamed('rose')).toBeUndefined();
    expect(colorNamed('gre')).toBeUndefined();
    expect(colorsLabel([SWATCHES.red, SWATCHES.gray])).toBe('Red, Gray');
    // Those of a photo are called what they look most like, each once.
    expect(colorsLabel(['#2a66b8', '#3b74c9', '#f8f8f4'])).toBe('Blue, White');
  });

  it('are suggested in a group of their own', () => {
    const rows = suggestionRows(NOTHING, 'blu');
    expect(rows).toMatchObject([{ group: 'colors', label: 'Colors', items: [{ label: 'Blue' }] }]);
    expect(rows[0]!.items[0]!.term).toEqual(term('blue'));
  });

  it('give way to a thing of the same name', () => {
    const word = { word: 'orange', synset: 'n07747607', hint: null, instead: null };
    expect(suggestsWord(suggestionRows({ ...NOTHING, words: [word] }, 'orange'), ' Orange')).toBe(
      true,
    );
    expect(suggestsWord(suggestionRows(NOTHING, 'orange'), 'orange')).toBe(false);
  });

  it('are what a typed name means, unless it is that of a thing, a person or an item', () => {
    const item = { key: 'i', sku: '', title: 'Blue', photos: 1, cover: null };
    const word = { word: 'blue', synset: 'n1', hint: null, instead: null };
    const named = (found: object, text: string) =>
      typedTerm(suggestionRows({ ...NOTHING, ...found }, text), text);
    expect(named({}, ' Blue ')).toEqual(term('blue'));
    expect(named({ items: [item] }, 'blue')).toMatchObject({ kind: 'item', key: 'i' });
    expect(named({ items: [item] }, 'blu')).toEqual({ kind: 'word', text: 'blu', mark: 'more' });
    expect(named({ items: [item], words: [word] }, 'blue')).toMatchObject({ kind: 'word' });
    const ana = { key: 'a', name: 'Ana', photos: 1, cover: null };
    expect(named({ people: [ana] }, 'ana')).toMatchObject({ kind: 'person', key: 'a' });
    // Longer ones couldn't be searched for.
    expect(named({}, 'x'.repeat(300))).toMatchObject({ kind: 'word', text: 'x'.repeat(200) });
  });

  it('are at most three', () => {
    const three = hex('red', 'blue', 'white');
    expect(toggled(hex('red', 'blue'), SWATCHES.white)).toEqual(three);
    expect(toggled(three, SWATCHES.pink)).toEqual(three);
    expect(toggled(three, SWATCHES.blue)).toEqual(hex('red', 'white'));
  });
});

describe('picking colors', () => {
  const photo: PageTerm = { kind: 'photo', id: 7, mark: 'more' };
  it('changes the last term that asks for colors, or makes one', () => {
    const one = withColors([photo], hex('red'));
    expect(one).toEqual([photo, term('red')]);
    expect(withColors(one, hex('red', 'blue'))).toEqual([photo, term('red', 'blue')]);
    expect(withColors(one, [])).toEqual([photo]);
    expect(withColors([photo], [])).toEqual([photo]);
    expect(pickedColors(one)).toEqual(hex('red'));
    const less: PageTerm = { ...term('red'), mark: 'less' };
    expect(pickedColors([less])).toEqual([]);
    expect(withColors([less], hex('blue'))).toEqual([less, term('blue')]);
  });

  it('becomes a query, and a picture’s weight of colors goes along', () => {
    expect(toQuery([{ ...photo, colorWeight: 0.4 }, term('red', 'white')]).query.terms).toEqual([
      { photo: 7, weight: 1, colorWeight: 0.4 },
      { color: [{ color: SWATCHES.red }, { color: SWATCHES.white }], weight: 1 },
    ]);
  });
});
