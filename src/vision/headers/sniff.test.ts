import { describe, expect, it } from 'vitest';
import { SNIFF_BYTES, sniff, sniffPicture } from './sniff.ts';

const latin = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('sniff', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['GIF87a', 'gif'],
    ['GIF89a', 'gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'webp'],
    ['\0\0\0\x1cftypavif\0\0\0\0mif1avif', 'avif'],
    ['\0\0\0\x1cftypmif1\0\0\0\0miafavif', 'avif'],
    [`BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0`, 'bmp'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'heic'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'heic'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1miaf', 'heic'],
    ['\0\0\0\x18ftyphevc\0\0\0\0msf1hevc', 'heic'],
    ['\0\0\0\x18ftypmsf1\0\0\0\0msf1iso8', 'heic'],
  ])('identifies %j as %s', (bytes, type) => {
    expect(sniff(latin(bytes)).type).toBe(type);
  });

  it.each([
    ['\0\0\0\x18ftypisom\0\0\0\0isommp42', 'video'],
    ['\0\0\0\x18ftypcrx \0\0\0\0crx isom', 'raw'],
    ['RIFF\0\0\0\0AVI LIST', 'video'],
    ['RIFF\0\0\0\0WAVEfmt ', 'audio'],
    ['II*\0\x10\0\0\0CR\x02\0', 'raw'],
    ['II*\0\x08\0\0\0', 'tiff-or-raw'],
    ['MM\0*\0\0\0\x08', 'tiff-or-raw'],
    ['%PDF-1.7', 'pdf'],
    ['\x1aE\xdf\xa3', 'video'],
    ['PK\x03\x04', 'zip'],
    ['\xff\x0a\x80', 'jpeg-xl'],
    ['\x00\x01\x02\x03\x04', 'unknown'],
    ['\xff\xfe\xfd', 'unknown'],
  ])('identifies %j as %s, not as a picture', (bytes, kind) => {
    const sniffed = sniff(latin(bytes));
    expect(sniffed.type).toBeUndefined();
    expect(sniffed).toEqual({ type: undefined, kind });
  });

  it.each([
    ['hello, this is no picture', 'text'],
    ['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'svg'],
    ['<?xml version="1.0"?>\n<svg width="1">', 'svg'],
    ['<!DOCTYPE html><title>x</title>', 'web-page'],
    // Two letters alone must not identify a bitmap.
    ['BMW is a make of cars, and this is a text', 'text'],
    ['ein Wort mit Umlaut: schön', 'text'],
  ])('identifies text %j as %s', (text, kind) => {
    const sniffed = sniff(utf8(text));
    expect(sniffed).toEqual({ type: undefined, kind });
  });

  it('identifies text whose last character is cut in two', () => {
    const bytes = utf8(`${'x'.repeat(SNIFF_BYTES - 1)}é`).subarray(0, SNIFF_BYTES);
    const sniffed = sniff(bytes);
    expect(sniffed).toEqual({ type: undefined, kind: 'text' });
  });

  it('reads views at an offset in their buffer', () => {
    const padded = latin('xxx\0\0\0\x1cftypavif\0\0\0\0mif1avif');
    expect(sniff(padded.subarray(3)).type).toBe('avif');
  });

  it.each([1, 2, 3, 8, 12, 17])(
    'identifies no picture type from the first %i bytes of a header',
    (length) => {
      for (const start of ['\xff\xd8', 'RIFF', 'BM', '\0\0\0\x18ftyp']) {
        expect(sniff(latin(start.padEnd(length, '\0')).subarray(0, length)).type).toBeUndefined();
      }
    },
  );
});

describe('sniffPicture', () => {
  it('rejects an empty file with its own code', () => {
    expect(() => sniffPicture(new Uint8Array())).toThrow(
      expect.objectContaining({ code: 'empty-file' }),
    );
  });

  it('rejects anything but a picture, reporting its kind', () => {
    expect(() => sniffPicture(utf8('<svg></svg>'))).toThrow(
      expect.objectContaining({
        code: 'unsupported-format',
        details: { reason: 'kind', kind: 'svg' },
      }),
    );
  });
});

describe('sniff with rare formats that browsers decode', () => {
  it.each([12, 16, 40, 42, 46, 64, 108, 124])(
    'identifies a BMP with a header of %i bytes',
    (header) => {
      const head = latin('BM'.padEnd(32, '\0'));
      new DataView(head.buffer).setUint32(14, header, true);
      expect(sniff(head).type).toBe('bmp');
    },
  );

  it.each([1, 2])('identifies an icon or cursor (%i) by its directory', (kind) => {
    const head = latin(`\0\0${String.fromCharCode(kind)}\0\x01\0`.padEnd(64, '\0'));
    const view = new DataView(head.buffer);
    expect(sniff(head).type).toBeUndefined();
    view.setUint32(14, 100, true);
    view.setUint32(18, 22, true);
    expect(sniff(head).type).toBe('ico');
    // Data inside the directory.
    view.setUint32(18, 21, true);
    expect(sniff(head).type).toBeUndefined();
  });
});
