import { gifColors, gifFrame } from '../headers/pictureSize.ts';
import { extendLzw, readLzw } from './gifLzw.ts';
import { joined } from './joined.ts';
import type { FindEnding } from './types.ts';

/** Contents of the sub-blocks from `from` on, and the offset of their terminating zero. */
function subBlocks(bytes: Uint8Array, from: number): { parts: Uint8Array[]; end: number } {
  const parts: Uint8Array[] = [];
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) {
    parts.push(bytes.subarray(at + 1, at + 1 + bytes[at]!));
    at += 1 + bytes[at]!;
  }
  return { parts, end: at };
}

function* asSubBlocks(data: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < data.length; at += 255) {
    const part = data.subarray(at, at + 255);
    yield Uint8Array.of(part.length);
    yield part;
  }
  // The block terminator and the trailer.
  yield Uint8Array.of(0, 0x3b);
}

/** Only the first frame is shown, so the picture ends with it: a GIF may lack its trailer. */
export const gifEnding: FindEnding = (bytes, _size, view) => {
  const frame = gifFrame(bytes);
  if (frame === undefined) return { share: 0 };
  const codes = frame + 10 + gifColors(bytes[frame + 9]!);
  const { parts, end } = subBlocks(bytes, codes + 1);
  if (end < bytes.length) return 'whole';
  const width = view.getUint16(frame + 5, true);
  const height = view.getUint16(frame + 7, true);
  const minimum = bytes[codes] ?? 0;
  if (minimum < 1 || minimum > 11 || width === 0 || height === 0) return { share: 0 };
  const data = joined(parts);
  const read = readLzw(data, minimum, width * height);
  return {
    share: Math.floor(read.pixels / width) / height,
    mend: () =>
      joined([
        bytes.subarray(0, codes + 1),
        ...asSubBlocks(extendLzw(data, read, minimum, width * height - read.pixels)),
      ]),
  };
};
