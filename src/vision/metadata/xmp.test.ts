import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { xmpText } from '../testing/xmpText.ts';
import { MOST_XMP, xmpDates } from './xmp.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const dates = (text: string) => xmpDates(bytes(text));
const AT = '2019-05-03T14:05:09+02:00';

describe('xmpDates', () => {
  it('returns dates from attributes and elements, in order of preference', () => {
    const packet = xmpText(
      `xmp:CreateDate="4" exif:DateTimeDigitized='3'`,
      '\n<photoshop:DateCreated>\n 2 </photoshop:DateCreated><exif:DateTimeOriginal>1</exif:DateTimeOriginal>',
    );
    expect(dates(packet)).toEqual(['1', '2', '3', '4']);
  });

  it('matches the namespace, not the prefix', () => {
    const other = (prefix: string, uri: string) =>
      xmpText(`xmlns:${prefix}="${uri}" ${prefix}:CreateDate="${AT}"`);
    expect(dates(other('xap', 'http://ns.adobe.com/xap/1.0/'))).toEqual([AT]);
    expect(dates(other('odd', 'http://example.org/'))).toEqual([]);
    expect(dates(xmpText(`CreateDate="${AT}" none:CreateDate="${AT}"`))).toEqual([]);
  });

  it('reads a second rdf:Description', () => {
    const packet = xmpText().replace(
      '</rdf:RDF>',
      `<rdf:Description xmlns:xap="http://ns.adobe.com/xap/1.0/" xap:CreateDate="${AT}"/></rdf:RDF>`,
    );
    expect(dates(packet)).toEqual([AT]);
  });

  it('ignores the dates of ingredients and commented-out tags', () => {
    const part = `<rdf:Description xmp:CreateDate="${AT}"><exif:DateTimeOriginal>${AT}</exif:DateTimeOriginal></rdf:Description>`;
    const pantry = `<xmpMM:Pantry><rdf:Bag><rdf:li>${part}</rdf:li></rdf:Bag></xmpMM:Pantry>`;
    expect(dates(xmpText('', pantry))).toEqual([]);
    expect(dates(xmpText('xmp:CreateDate="1"', pantry))).toEqual(['1']);
    expect(dates(xmpText('', `<!-- <xmp:CreateDate>${AT}</xmp:CreateDate> -->`))).toEqual([]);
  });

  it('handles values that look like tags or attributes', () => {
    expect(dates(xmpText(`xmp:Label="a > b" xmp:CreateDate="${AT}"`))).toEqual([AT]);
    expect(dates(xmpText(`xmp:Label=' xmp:CreateDate="1" ' xmp:CreateDate="${AT}"`))).toEqual([AT]);
  });
});

describe('xmpDates with hostile input', () => {
  it('doesn’t expand entities', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    expect(dates(`${bomb}${xmpText(`xmp:CreateDate="${AT}"`)}`)).toEqual([]);
    // Entities are not resolved: `&b;` is not a date.
    expect(dates(xmpText('xmp:CreateDate="&b;"'))).toEqual(['&b;']);
  });

  it.each([
    ['nothing', ''],
    ['a tag without end', `<rdf:RDF${' a'.repeat(200_000)}`],
    ['quotes without end', `<a b="${'>'.repeat(200_000)}`],
    ['many tags', '<a>'.repeat(200_000)],
    ['many ends', '</a>'.repeat(200_000)],
    ['a comment without end', `<!--${'<a>'.repeat(100_000)}`],
    ['an attribute’s name of half a megabyte', `<${'a'.repeat(500_000)}>`],
    ['names without values', `<a ${'b '.repeat(200_000)}>`],
    ['spaces for a value', `<a b${' '.repeat(500_000)}>`],
    ['values without quotes', `<a ${'b='.repeat(200_000)}>`],
    [
      'as many namespaces',
      `<a ${Array.from({ length: 20_000 }, (_, i) => `xmlns:a${i}="b"`).join(' ')}>`,
    ],
    ['bytes that are no text', '\0\ufffd'.repeat(100_000)],
  ])('terminates without a date: %s', (_words, text) => {
    expect(dates(text)).toEqual([]);
  });

  it('limits how much of a packet and of a value it reads', () => {
    const late = xmpText('', `${' '.repeat(MOST_XMP)}<xmp:CreateDate>${AT}</xmp:CreateDate>`);
    expect(dates(late)).toEqual([]);
    expect(dates(xmpText(`xmp:CreateDate="${'9'.repeat(100_000)}"`))[0]).toHaveLength(80);
  });

  it('never throws on corrupted bytes', () => {
    const prng = createPrng(3);
    const whole = bytes(xmpText(`xmp:CreateDate="${AT}"`, '<xmp:Label>a</xmp:Label>'));
    for (let round = 0; round < 500; round++) {
      const packet = Uint8Array.from(whole);
      for (let i = 0; i <= round % 5; i++) {
        packet[prng.below(packet.length)] = '<>"\'/!?= a'.charCodeAt(prng.below(10));
      }
      expect(xmpDates(packet.subarray(0, prng.below(packet.length))).length).toBeLessThan(2);
    }
  }, 30_000);
});
