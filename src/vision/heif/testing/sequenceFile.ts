import { box, fullBox, u16, u32 } from './heifFile.ts';

const IDENTITY = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].flatMap(u32);
const zeros = (bytes: number) => new Uint8Array(bytes);

/** An HEVC sequence of one picture, without a still picture. */
export function sequenceFile(
  { data, hvcC }: { readonly data: Uint8Array; readonly hvcC: Uint8Array },
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> {
  const head = box('ftyp', 'hevc', u32(0), 'hevc', 'msf1', 'iso8');
  const entry = box(
    'hvc1',
    zeros(6),
    u16(1),
    zeros(16),
    u16(width),
    u16(height),
    [...u32(0x480000), ...u32(0x480000), ...u32(0), ...u16(1)],
    zeros(32),
    u16(24),
    u16(0xffff),
    hvcC,
  );
  const movie = (at: number) => {
    const table = box(
      'stbl',
      fullBox('stsd', 0, 0, u32(1), entry),
      fullBox('stts', 0, 0, u32(1), u32(1), u32(1)),
      fullBox('stsc', 0, 0, u32(1), u32(1), u32(1), u32(1)),
      fullBox('stsz', 0, 0, u32(0), u32(1), u32(data.length)),
      fullBox('stco', 0, 0, u32(1), u32(at)),
    );
    const information = box(
      'minf',
      fullBox('vmhd', 0, 1, zeros(8)),
      box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1))),
      table,
    );
    const media = box(
      'mdia',
      fullBox('mdhd', 0, 0, zeros(8), u32(1), u32(1), zeros(4)),
      fullBox('hdlr', 0, 0, u32(0), 'pict', zeros(13)),
      information,
    );
    const track = fullBox(
      'tkhd',
      0,
      7,
      zeros(8),
      u32(1),
      u32(0),
      u32(1),
      zeros(16),
      IDENTITY,
      u32(width * 65_536),
      u32(height * 65_536),
    );
    return box(
      'moov',
      fullBox(
        'mvhd',
        0,
        0,
        zeros(8),
        u32(1),
        u32(1),
        u32(0x10000),
        u16(0x100),
        zeros(10),
        IDENTITY,
        zeros(24),
        u32(2),
      ),
      box('trak', track, media),
    );
  };
  const at = head.length + movie(0).length + 8;
  return Uint8Array.from([...head, ...movie(at), ...box('mdat', data)]);
}
