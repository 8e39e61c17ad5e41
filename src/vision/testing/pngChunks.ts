import { deflateSync } from 'node:zlib';
import { crc32 } from '../../base/crc32.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

/** A PNG chunk with correct length and checksum. */
export function pngChunk(kind: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([latin(kind), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** The start of a PNG with these chunks, ending before its pixels. */
export function pngWith(...chunks: readonly Uint8Array[]): Buffer {
  const header = pngChunk('IHDR', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0));
  const end = pngChunk('IEND', new Uint8Array(0));
  return Buffer.concat([latin('\x89PNG\r\n\x1a\n'), header, ...chunks, end]);
}

export function zTXt(keyword: string, text: Uint8Array): Buffer {
  return pngChunk('zTXt', Buffer.concat([latin(`${keyword}\0\0`), deflateSync(text)]));
}

export function tEXt(keyword: string, text: Uint8Array): Buffer {
  return pngChunk('tEXt', Buffer.concat([latin(`${keyword}\0`), text]));
}

export function iTXt(keyword: string, text: Uint8Array, compressed: boolean): Buffer {
  const head = latin(`${keyword}\0${compressed ? '\x01' : '\0'}\0en\0translated\0`);
  return pngChunk('iTXt', Buffer.concat([head, compressed ? deflateSync(text) : text]));
}

/** Encodes bytes as ImageMagick does in a text chunk. */
export function profileText(name: string, bytes: Uint8Array): Buffer {
  const lines =
    Buffer.from(bytes)
      .toString('hex')
      .match(/.{1,72}/g) ?? [];
  return latin(`\n${name}\n${String(bytes.length).padStart(8)}\n${lines.join('\n')}\n`);
}
