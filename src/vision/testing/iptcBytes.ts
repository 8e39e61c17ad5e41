/** A dataset of IPTC's application record. */
function dataset(id: number, text: string): Buffer {
  const head = Buffer.from([0x1c, 2, id, text.length >> 8, text.length & 255]);
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
}

/** IPTC records with these datasets, by number. */
export function iptcRecords(texts: Readonly<Record<number, string>>): Buffer {
  const all = Object.entries(texts).map(([id, text]) => dataset(Number(id), text));
  return Buffer.concat([Buffer.from([0x1c, 1, 90, 0, 3, 0x1b, 0x25, 0x47]), ...all]);
}

/** A Photoshop resource with this number and name. */
export function photoshopResource(id: number, data: Uint8Array, name = ''): Buffer {
  const named = Buffer.alloc((name.length + 2) & ~1);
  named[0] = name.length;
  named.write(name, 1, 'latin1');
  const head = Buffer.from([0x38, 0x42, 0x49, 0x4d, id >> 8, id & 255]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([head, named, length, data, Buffer.alloc(data.length & 1)]);
}

/** Photoshop resources with IPTC records among others. */
export function iptcBlock(texts: Readonly<Record<number, string>>): Buffer {
  const other = photoshopResource(0x03ed, Buffer.alloc(17), 'odd');
  return Buffer.concat([other, photoshopResource(0x0404, iptcRecords(texts))]);
}
