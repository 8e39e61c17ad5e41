import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { iptcBlock, iptcRecords, photoshopResource } from '../testing/iptcBytes.ts';
import { iptcDates } from './iptc.ts';

describe('iptcDates', () => {
  it.each([
    ['a day and a time', { 55: '20190503', 60: '140509+0200' }, ['2019-05-03T14:05:09']],
    ['a day alone', { 55: '20190503' }, ['2019-05-03']],
    ['a time that is none', { 55: '20190503', 60: 'noon' }, ['2019-05-03']],
    ['a time alone', { 60: '140509+0200' }, []],
    ['a day as some write it', { 55: '2019-05-03', 60: '14:05:09' }, ['2019-05-03T14:05:09']],
    ['a year', { 55: '2019' }, []],
    [
      'of the scene, then of the file',
      { 62: '20200101', 63: '101112', 55: '19500503' },
      ['1950-05-03', '2020-01-01T10:11:12'],
    ],
  ])('parses %s', (_words, texts, expected) => {
    expect(iptcDates(iptcBlock(texts))).toEqual(expected);
    expect(iptcDates(iptcRecords(texts))).toEqual(expected);
  });

  it('uses the first of repeated records', () => {
    const twice = Buffer.concat([iptcRecords({ 55: '20190503' }), iptcRecords({ 55: '20200101' })]);
    expect(iptcDates(twice)).toEqual(['2019-05-03']);
  });
});

describe('iptcDates with hostile input', () => {
  it('terminates on malformed records', () => {
    const good = iptcBlock({ 55: '20190503' });
    expect(iptcDates(new Uint8Array(0))).toEqual([]);
    expect(iptcDates(new Uint8Array(100_000).fill(0x1c))).toEqual([]);
    expect(iptcDates(Buffer.from('8BIM'.repeat(50_000)))).toEqual([]);
    const empty = photoshopResource(1, new Uint8Array(0));
    expect(iptcDates(Buffer.concat([...Array(1000).fill(empty), good]))).toEqual(['2019-05-03']);
    const long = iptcRecords({ 10: 'a', 55: '20190503' });
    long[11] = 0xff;
    expect(iptcDates(long)).toEqual([]);
  });

  it('never throws on corrupted bytes', () => {
    const prng = createPrng(5);
    const whole = iptcBlock({ 55: '20190503', 60: '140509+0200' });
    for (let round = 0; round < 500; round++) {
      const block = Uint8Array.from(whole);
      for (let i = 0; i <= round % 3; i++) block[prng.below(block.length)] = prng.below(256);
      expect(iptcDates(block.subarray(0, prng.below(block.length + 1))).length).toBeLessThan(3);
    }
  });
});
