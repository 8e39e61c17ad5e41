import type { Base } from './bases.ts';
import { type Family, listed } from './file.ts';
import { latin } from './latin.ts';

const SCRIPT = '<script>window.pwned = true</script>';
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned = true">${SCRIPT}</svg>`;

/** The first box of an ISO base media file, with these brands. */
function ftyp(brand: string, others: readonly string[] = [], size?: number): Buffer {
  const box = latin(`....ftyp${brand}\0\0\0\0${others.join('')}`);
  box.writeUInt32BE(size ?? box.length, 0);
  return box;
}

function box(kind: string, content: Uint8Array, size?: number): Buffer {
  const bytes = Buffer.concat([latin(`....${kind}`), content]);
  bytes.writeUInt32BE(size ?? bytes.length, 0);
  return bytes;
}

const noise = (bytes: number) =>
  Buffer.from(Array.from({ length: bytes }, (_, i) => (i * 89) & 255));

/** Files that are not pictures that Akin reads, under any name. */
export const disguises: Family = listed('disguises', [
  ['nothing.jpg', () => new Uint8Array(0)],
  ['a drawing.png', () => latin(SVG)],
  ['a page.jpg', () => latin(`<!doctype html>${SCRIPT}`)],
  ['a phone’s.heic', () => Buffer.concat([ftyp('heic', ['mif1', 'heic']), noise(400)])],
  ['a byte.png', () => latin('\x89')],
  ['a sequence.heic', () => Buffer.concat([ftyp('msf1', ['hevc']), box('moov', noise(99))])],
  [
    'boxes in boxes.heic',
    () => Buffer.concat([ftyp('heic'), ...Array(5000).fill(latin('\0\0\0\x08meta'))]),
  ],
  [
    'boxes of no size.heic',
    () => Buffer.concat([ftyp('heic'), box('meta', noise(40), 0), noise(9)]),
  ],
  [
    'boxes beyond the end.avif',
    () => Buffer.concat([ftyp('avif'), box('meta', noise(40), 0x7fffffff)]),
  ],
  [
    'a box of 64 bits.avif',
    () => Buffer.concat([ftyp('avif'), box('mdat', Buffer.alloc(8, 255), 1)]),
  ],
  ['brands alone.avif', () => ftyp('avif', Array(2000).fill('mif1'))],
  ['brands without end.avif', () => ftyp('avif', [], 0xffffffff)],
  ['ftyp of nothing.heic', () => box('ftyp', new Uint8Array(0), 0)],
  ['a film.jpg', () => Buffer.concat([ftyp('isom', ['mp42']), noise(2000)])],
  ['a document.jpg', () => latin('%PDF-1.7\n1 0 obj<</JS(window.pwned=true)>>')],
  ['an archive.png', () => latin(`PK\x03\x04${'\0'.repeat(100)}`)],
  ['a program.gif', () => Buffer.concat([latin('MZ'), noise(300)])],
  ['a scan.jpg', () => latin(`II*\0\x08\0\0\0\xff\xff${'\xff'.repeat(3000)}`)],
  ['a raw file.jpg', () => latin(`II*\0\x10\0\0\0CR\x02\0${'\0'.repeat(500)}`)],
  ['a document of layers.jpg', () => latin(`8BPS\0\x01${'\xff'.repeat(200)}`)],
  ['an icon.png', () => latin(`\0\0\x01\0\xff\xff${'\xff'.repeat(200)}`)],
  ['a new kind.jpg', () => latin(`\0\0\0\x0cJXL \r\n\x87\n${'\0'.repeat(99)}`)],
  ['an old kind.jpg', () => latin(`\0\0\0\x0cjP  \r\n\x87\n${'\0'.repeat(99)}`)],
  ['a sound.webp', () => latin(`RIFF\x24\0\0\0WAVEfmt ${'\0'.repeat(40)}`)],
  ['a script.bmp', () => latin('BM=1;window.pwned=true;//')],
  ['noise.jpg', () => noise(5000)],
  ['zeros.png', () => new Uint8Array(100_000)],
  ['text in UTF-16.jpg', () => Buffer.from(`\ufeff${SVG}`, 'utf16le')],
  ...[
    '\xff\xd8\xff',
    '\x89PNG\r\n\x1a\n',
    'GIF89a',
    'RIFF\0\0\0\0WEBP',
    'RIFF\xff\xff\xff\xffWEBPVP8X',
    'BM',
  ].map((mark, i) => [`a mark ${i}.jpg`, () => latin(mark)] as const),
]);

/** Other content appended or prepended to a picture. */
const OTHERS: readonly (readonly [what: string, make: (picture: Buffer) => Buffer])[] = [
  [
    'an archive behind it',
    (p) => Buffer.concat([p, latin(`PK\x03\x04${'\0'.repeat(60)}PK\x05\x06`)]),
  ],
  ['a page behind it', (p) => Buffer.concat([p, latin(`<html>${SCRIPT}`)])],
  ['itself behind it', (p) => Buffer.concat([p, p])],
  ['a page before it', (p) => Buffer.concat([latin(`<html>${SCRIPT}`), p])],
  ['a document before it', (p) => Buffer.concat([latin('%PDF-1.4\n'), p])],
  ['4 MB behind it', (p) => Buffer.concat([p, Buffer.alloc(4 * 2 ** 20, 7)])],
];

export const polyglots: Family = {
  name: 'polyglots',
  make(n, _chance, bases) {
    const [what, make] = OTHERS[n % OTHERS.length]!;
    const base = bases[Math.floor(n / OTHERS.length)];
    if (!base) return undefined;
    return { name: `${base.type} with ${what}.${base.extension}`, bytes: make(base.bytes) };
  },
};

const NAMES = [
  'gpj.\u202eexe',
  'line\nbreak\r\n.jpg',
  `${'very long '.repeat(2000)}.jpg`,
  '<img src=x onerror="window.pwned = true">.jpg',
  'zero\0byte.jpg',
  '../../../etc/passwd',
  'C:\\Windows\\CON.jpg',
  '',
  ' ',
  '.jpg',
  'no extension',
  'photo.html',
  '\ud83d\ude00 half \ud83d.jpg',
  'e\u0301'.repeat(300),
  '\u200b\u200f\u2066\ufeff.png',
  "'); DROP TABLE photos; --.jpg",
  '%00%2e%2e%2f.jpg',
  '__proto__',
  'constructor.png',
  'javascript:window.pwned=true',
];

/** Valid pictures with invalid names. */
export const names: Family = {
  name: 'names',
  make(n, _chance, bases: readonly Base[]) {
    const name = NAMES[n];
    if (name === undefined) return undefined;
    // Trailing bytes make each photo unique.
    return { name, bytes: Buffer.concat([bases[n % 4]!.bytes, latin(`name ${n}`)]) };
  },
};
