import { isAt, latin1 } from './bytes.ts';

/** Photoshop's number of the resource with the IPTC records. */
const IPTC_RESOURCE = 0x0404;
/** First byte of every dataset. */
const DATASET = 0x1c;
/** Datasets of the application record: date and time of the scene, then those of digitization. */
const APPLICATION = 2;
const DATES = [
  { day: 55, time: 60 },
  { day: 62, time: 63 },
] as const;

/**
 * The dates of IPTC records (IIM 4.2), best first, as `2019-05-03T14:05:09` or, without a time,
 * `2019-05-03`.
 *
 * @param block Photoshop image resources, or the records alone; untrusted
 */
export function iptcDates(block: Uint8Array): string[] {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const records = block[0] === DATASET ? block : resource(block, view, IPTC_RESOURCE);
  if (!records) return [];
  const texts = datasets(records);
  return DATES.flatMap(({ day, time }) => {
    const date = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(texts.get(day)?.trim() ?? '');
    if (!date) return [];
    const clock = /^(\d\d):?(\d\d):?(\d\d)(?:\D|$)/.exec(texts.get(time) ?? '');
    const words = date.slice(1).join('-');
    return [clock ? `${words}T${clock.slice(1).join(':')}` : words];
  });
}

/** A resource by number: each starts with a signature, its number, a name and its length. */
function resource(block: Uint8Array, view: DataView, id: number): Uint8Array | undefined {
  for (let at = 0; at + 12 <= block.length && isAt(block, at, '8BIM'); ) {
    // The name is prefixed with its length and padded to an even number of bytes.
    const length = at + 6 + ((block[at + 6]! + 2) & ~1);
    if (length + 4 > block.length) return undefined;
    const start = length + 4;
    const bytes = view.getUint32(length);
    if (view.getUint16(at + 4) === id) return block.subarray(start, start + bytes);
    at = start + bytes + (bytes & 1);
  }
  return undefined;
}

/** The first of each date dataset, by number. */
function datasets(records: Uint8Array): Map<number, string> {
  const wanted = new Set<number>(DATES.flatMap(({ day, time }) => [day, time]));
  const texts = new Map<number, string>();
  for (let at = 0; at + 5 <= records.length && records[at] === DATASET; ) {
    const bytes = records[at + 3]! * 256 + records[at + 4]!;
    // The longest store their length elsewhere; cameras don't need them.
    if (bytes >= 0x8000) break;
    const id = records[at + 2]!;
    const text = records.subarray(at + 5, at + 5 + bytes);
    if (records[at + 1] === APPLICATION && wanted.has(id) && !texts.has(id)) {
      texts.set(id, latin1(text.subarray(0, 16)));
    }
    at += 5 + bytes;
  }
  return texts;
}
