import { AkinError } from '../../base/errors.ts';
import type { PictureType } from '../types.ts';

/** Enough bytes to identify every format known here. */
export const SNIFF_BYTES = 512;

/** Kinds of files distinguished from supported pictures. */
export type OtherKind =
  | 'raw'
  | 'tiff-or-raw'
  | 'tiff'
  | 'pdf'
  | 'photoshop'
  | 'jpeg-xl'
  | 'jpeg-2000'
  | 'video'
  | 'audio-or-video'
  | 'audio'
  | 'zip'
  | 'archive'
  | 'program'
  | 'svg'
  | 'web-page'
  | 'xml'
  | 'text'
  | 'unknown';

/** The type from the first bytes: a supported picture, or what it is instead. */
export type Sniffed =
  | { readonly type: PictureType; readonly mime: string }
  | { readonly type: undefined; readonly kind: OtherKind };

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Offset, signature as Latin-1 text, and kind. */
type Signature = readonly [offset: number, text: string, kind: OtherKind];

const pictures: readonly (readonly [offset: number, text: string, PictureType, mime: string])[] = [
  [0, '\xff\xd8\xff', 'jpeg', 'image/jpeg'],
  [0, '\x89PNG\r\n\x1a\n', 'png', 'image/png'],
  [0, 'GIF87a', 'gif', 'image/gif'],
  [0, 'GIF89a', 'gif', 'image/gif'],
];

const others: readonly Signature[] = [
  [0, 'FUJIFILMCCD-RAW', 'raw'],
  [0, 'IIRO', 'raw'],
  [0, 'IIRS', 'raw'],
  [0, 'IIU\0', 'raw'],
  [8, 'CR\x02\0', 'raw'],
  [0, 'FOVb', 'raw'],
  [0, '\0MRM', 'raw'],
  [0, 'II*\0', 'tiff-or-raw'],
  [0, 'MM\0*', 'tiff-or-raw'],
  [0, 'II+\0', 'tiff'],
  [0, 'MM\0+', 'tiff'],
  [0, '%PDF-', 'pdf'],
  [0, '8BPS', 'photoshop'],
  [0, '\xff\x0a', 'jpeg-xl'],
  [0, '\0\0\0\x0cJXL ', 'jpeg-xl'],
  [0, '\0\0\0\x0cjP  ', 'jpeg-2000'],
  [0, '\xffO\xffQ', 'jpeg-2000'],
  [0, '\x1aE\xdf\xa3', 'video'],
  [0, 'FLV\x01', 'video'],
  [0, '\0\0\x01\xba', 'video'],
  [0, 'OggS', 'audio-or-video'],
  [0, 'ID3', 'audio'],
  [0, 'fLaC', 'audio'],
  [0, 'PK\x03\x04', 'zip'],
  [0, 'PK\x05\x06', 'zip'],
  [0, '\x1f\x8b', 'archive'],
  [0, 'Rar!\x1a', 'archive'],
  [0, '7z\xbc\xaf\x27\x1c', 'archive'],
  [0, 'MZ', 'program'],
  [0, '\x7fELF', 'program'],
];

/** Files of the ISO base media family identify their contents by brands. */
function sniffBrands(head: Uint8Array): Sniffed | undefined {
  if (latin(head, 4, 8) !== 'ftyp') return undefined;
  const size = Math.min(new DataView(head.buffer, head.byteOffset).getUint32(0), head.length);
  const brands = [latin(head, 8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(latin(head, at, at + 4));
  const has = (...wanted: string[]): boolean => wanted.some((brand) => brands.includes(brand));
  if (has('avif', 'avis')) return { type: 'avif', mime: 'image/avif' };
  if (has('heic', 'heix', 'hevc', 'hevx', 'heim', 'heis'))
    return { type: 'heic', mime: 'image/heic' };
  // The codec of such a picture is not in the first bytes.
  if (has('mif1', 'msf1')) return { type: 'heic', mime: 'image/heif' };
  if (has('crx ')) return { type: undefined, kind: 'raw' };
  return { type: undefined, kind: 'video' };
}

function sniffRiff(head: Uint8Array): Sniffed | undefined {
  if (latin(head, 0, 4) !== 'RIFF') return undefined;
  const form = latin(head, 8, 12);
  if (form === 'WEBP') return { type: 'webp', mime: 'image/webp' };
  return { type: undefined, kind: form === 'WAVE' ? 'audio' : 'video' };
}

/** `BM` alone is not enough: the header's own length must be valid too. */
function sniffBmp(head: Uint8Array): Sniffed | undefined {
  if (latin(head, 0, 2) !== 'BM' || head.length < 18) return undefined;
  const headerBytes = new DataView(head.buffer, head.byteOffset).getUint32(14, true);
  const isKnown = headerBytes === 12 || headerBytes === 108 || headerBytes === 124;
  // OS/2's may end after any of their fields; 40, 52 and 56 are Windows'.
  const isShort = headerBytes >= 16 && headerBytes <= 64 && headerBytes % 2 === 0;
  return isKnown || isShort ? { type: 'bmp', mime: 'image/bmp' } : undefined;
}

/**
 * An icon, or a mouse pointer, which differs in one number: a directory of the pictures after it.
 */
function sniffIco(head: Uint8Array): Sniffed | undefined {
  if (head.length < 22) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const kind = view.getUint16(2, true);
  if (view.getUint16(0, true) !== 0 || (kind !== 1 && kind !== 2)) return undefined;
  const pictures = view.getUint16(4, true);
  const isPlausible =
    pictures > 0 &&
    head[9] === 0 &&
    view.getUint32(14, true) > 0 &&
    view.getUint32(18, true) >= 6 + 16 * pictures;
  return isPlausible ? { type: 'ico', mime: 'image/x-icon' } : undefined;
}

function sniffText(head: Uint8Array): OtherKind | undefined {
  let text: string;
  try {
    // A character cut off at the end of the excerpt is not an error.
    text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return undefined;
  }
  // Control characters that don't occur in text.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text)) return undefined;
  if (/<svg[\s>]/i.test(text)) return 'svg';
  if (/^\s*<(!doctype html|html)/i.test(text)) return 'web-page';
  if (/^\s*<\?xml/i.test(text)) return 'xml';
  return 'text';
}

/**
 * Identifies a file by its first bytes, never by its name.
 *
 * @param head the first `SNIFF_BYTES`, or all if there are fewer
 */
export function sniff(head: Uint8Array): Sniffed {
  for (const [offset, text, type, mime] of pictures) {
    if (latin(head, offset, offset + text.length) === text) return { type, mime };
  }
  const inContainer = sniffBrands(head) ?? sniffRiff(head) ?? sniffBmp(head) ?? sniffIco(head);
  if (inContainer !== undefined) return inContainer;
  for (const [offset, text, kind] of others) {
    if (latin(head, offset, offset + text.length) === text) return { type: undefined, kind };
  }
  return { type: undefined, kind: sniffText(head) ?? 'unknown' };
}

/**
 * Like `sniff`, but throws unless it is a picture.
 *
 * @throws AkinError `empty-file`, `unsupported-format`
 */
export function sniffPicture(head: Uint8Array): { type: PictureType; mime: string } {
  if (head.length === 0) throw new AkinError('empty-file', 'The file is empty.');
  const sniffed = sniff(head);
  if (sniffed.type === undefined) {
    throw new AkinError(
      'unsupported-format',
      `The file is no picture that Akin reads (${sniffed.kind}).`,
      { details: { reason: 'kind', kind: sniffed.kind } },
    );
  }
  return sniffed;
}
