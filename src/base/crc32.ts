const LANES = 8;

/**
 * `TABLE[lane * 256 + byte]`: the contribution of a byte that lies `lane` bytes before the end of
 * the group to the remainder. Lane 0 is the usual table of the byte-wise algorithm.
 */
const TABLE = makeTable();

function makeTable(): Uint32Array {
  const table = new Uint32Array(LANES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) {
      remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
    }
    table[byte] = remainder;
  }
  for (let i = 256; i < table.length; i++) {
    const previous = table[i - 256]!;
    table[i] = (previous >>> 8) ^ table[previous & 0xff]!;
  }
  return table;
}

/**
 * CRC-32 as in ISO 3309, PNG and zlib (reflected polynomial 0xEDB88320).
 *
 * Processes eight bytes per step ("slicing by 8", Kounavis and Berry, 2005): a saved index of a
 * hundred megabytes is verified at every start, and byte-wise steps take three times as long.
 *
 * @param crc the checksum of the preceding bytes; 0 to start
 * @returns the checksum, an integer in `0 .. 2³² − 1`
 */
export function crc32(bytes: Uint8Array, crc = 0): number {
  const table = TABLE;
  const length = bytes.length;
  let sum = ~crc;
  let i = 0;
  for (const whole = length - (length % LANES); i < whole; i += LANES) {
    sum ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    sum =
      table[1792 + (sum & 0xff)]! ^
      table[1536 + ((sum >>> 8) & 0xff)]! ^
      table[1280 + ((sum >>> 16) & 0xff)]! ^
      table[1024 + (sum >>> 24)]! ^
      table[768 + bytes[i + 4]!]! ^
      table[512 + bytes[i + 5]!]! ^
      table[256 + bytes[i + 6]!]! ^
      table[bytes[i + 7]!]!;
  }
  for (; i < length; i++) sum = (sum >>> 8) ^ table[(sum ^ bytes[i]!) & 0xff]!;
  return ~sum >>> 0;
}
