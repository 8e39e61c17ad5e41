import { isAt, latin1 } from './bytes.ts';
import { inflateSome } from './inflate.ts';
import { type MetadataBlocks, takeSegment } from './segments.ts';
import { MOST_XMP } from './xmp.ts';

/** The longest keyword has 79 bytes. */
const KEYWORD = 80;
/** Maximum bytes of a profile as text: two digits per byte, and line ends. */
const MOST_HEX = 150 * 1024;

/**
 * Before `eXIf`, ImageMagick and others wrote a JPEG's segments as hexadecimal text under these.
 */
const PROFILES = new Map<string, 'exif' | 'xmp' | 'iptc' | 'segment'>([
  ['Raw profile type exif', 'exif'],
  ['Raw profile type APP1', 'segment'],
  ['Raw profile type app1', 'segment'],
  ['Raw profile type xmp', 'xmp'],
  ['Raw profile type iptc', 'iptc'],
  ['Raw profile type 8bim', 'iptc'],
]);
const XMP_KEYWORD = 'XML:com.adobe.xmp';

/**
 * The metadata blocks of a PNG, in their own chunks or as text, possibly compressed. Takes one of
 * each kind, so a file of a million chunks inflates only a handful.
 */
export async function pngBlocks(bytes: Uint8Array, view: DataView): Promise<MetadataBlocks> {
  const blocks: MetadataBlocks = {};
  const seen = new Set<string>();
  for (let at = 8; at + 12 <= bytes.length; ) {
    const start = at + 8;
    const end = start + view.getUint32(at);
    // Only eXIf, zxIf and chunks ending in `Xt` are sought, so IDAT is ruled out quickly.
    if (isAt(bytes, at + 4, 'eXIf')) blocks.exif ??= bytes.subarray(start, end);
    // A proposal that some programs adopted: a zero, the length, and the compressed data.
    else if (isAt(bytes, at + 4, 'zxIf')) {
      blocks.exif ??= await inflateSome(bytes.subarray(start + 5, end), MOST_HEX / 2);
    } else if (bytes[at + 6] === 0x58 && bytes[at + 7] === 0x74) {
      const kind = latin1(bytes.subarray(at + 4, at + 8));
      await takeText(blocks, seen, kind, bytes.subarray(start, end));
    }
    at = end + 4;
  }
  return blocks;
}

async function takeText(
  blocks: MetadataBlocks,
  seen: Set<string>,
  kind: string,
  chunk: Uint8Array,
): Promise<void> {
  const keywordEnd = chunk.subarray(0, KEYWORD).indexOf(0);
  if (keywordEnd < 1) return;
  const keyword = latin1(chunk.subarray(0, keywordEnd));
  const profile = PROFILES.get(keyword);
  if ((!profile && keyword !== XMP_KEYWORD) || seen.has(keyword)) return;
  seen.add(keyword);
  const most = profile ? MOST_HEX : MOST_XMP;
  const text = (await textOf(kind, chunk.subarray(keywordEnd + 1), most))?.subarray(0, most);
  if (!text) return;
  if (!profile) blocks.xmp ??= text;
  else {
    const content = profileOf(text);
    if (profile === 'segment') takeSegment(blocks, content);
    else blocks[profile] ??= content;
  }
}

/** The text of a chunk after its keyword, inflated if necessary. */
async function textOf(
  kind: string,
  rest: Uint8Array,
  most: number,
): Promise<Uint8Array | undefined> {
  if (kind === 'tEXt') return rest;
  // One byte gives the compression method, of which there is one.
  if (kind === 'zTXt') return inflateSome(rest.subarray(1), most);
  if (kind !== 'iTXt') return undefined;
  // Compression flag and method, language, and the keyword in that language.
  const languageEnd = rest.indexOf(0, 2);
  const translatedEnd = languageEnd < 0 ? -1 : rest.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return undefined;
  const text = rest.subarray(translatedEnd + 1);
  return rest[0] === 1 ? inflateSome(text, most) : text;
}

/** The bytes of a profile: a line with its name, one with its length, then lines of digits. */
function profileOf(text: Uint8Array): Uint8Array {
  const LINE_END = 10;
  let at = 0;
  while (text[at] === LINE_END) at++;
  for (let lines = 0; lines < 2; lines++) {
    const lineEnd = text.indexOf(LINE_END, at);
    if (lineEnd < 0) return new Uint8Array(0);
    at = lineEnd + 1;
  }
  const profile = new Uint8Array((text.length - at) >> 1);
  let digits = 0;
  for (; at < text.length; at++) {
    const digit = hexDigit(text[at]!);
    if (digit < 0) continue;
    const to = digits++ >> 1;
    profile[to] = (profile[to]! << 4) | digit;
  }
  return profile.subarray(0, digits >> 1);
}

/** The value of a hexadecimal digit; -1 if it is none. */
function hexDigit(char: number): number {
  if (char >= 48 && char <= 57) return char - 48;
  const letter = char | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
