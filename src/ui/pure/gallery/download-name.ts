/** Endings that say the truth of a type; the first is the one that is appended. */
const ENDINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['image/jpeg', ['jpg', 'jpeg', 'jpe', 'jfif']],
  ['image/png', ['png']],
  ['image/gif', ['gif']],
  ['image/webp', ['webp']],
  ['image/avif', ['avif']],
  ['image/bmp', ['bmp', 'dib']],
  ['image/x-icon', ['ico']],
  ['image/vnd.microsoft.icon', ['ico']],
  ['image/heic', ['heic', 'heif']],
  ['image/heif', ['heif', 'heic', 'hif']],
]);

/** Most bytes of UTF-8 in a name: file systems take 255, and the browser may add a number. */
const MAX_BYTES = 200;

/**
 * Controls, and what is not seen or turns text around. The two that join letters or keep them apart
 * stay: some scripts are misspelled without them.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** What no file system takes in a name, or takes for the way to one. */
const RESERVED = /[\\/:*?"<>|]/g;
/** Names of devices on Windows, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * The name under which a photo is saved: its own without what no system takes, and always with an
 * ending that its bytes bear out, so that a JPEG named `photo.html` is not opened as a page.
 *
 * @param mime as its first bytes show it, `null` where they show no picture
 */
export function downloadName(name: string, mime: string | null): string {
  const endings = ENDINGS.get(mime ?? '') ?? ['bin'];
  const clean = name
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(RESERVED, '_')
    .trim()
    // A leading dot hides a file, and Windows drops dots and spaces at the end.
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(DEVICE, '_$&');
  const at = clean.lastIndexOf('.');
  const said = at > 0 ? clean.slice(at + 1).toLowerCase() : '';
  const isTrue = endings.includes(said);
  const stem = isTrue ? clean.slice(0, at) : clean;
  const ending = isTrue ? clean.slice(at + 1) : endings[0];
  return `${shortened(stem) || 'photo'}.${ending}`;
}

/**
 * `beach (2).jpg` where there is a `beach.jpg` already.
 *
 * @param taken names in lower case: not every system tells the cases apart
 */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  const at = name.lastIndexOf('.');
  let unique = name;
  for (let n = 2; taken.has(unique.toLowerCase()); n++) {
    unique = `${name.slice(0, at)} (${n})${name.slice(at)}`;
  }
  return unique;
}

/** As much of a name as fits, cut between letters. */
function shortened(text: string): string {
  const encoder = new TextEncoder();
  if (encoder.encode(text).length <= MAX_BYTES) return text;
  let kept = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += encoder.encode(segment).length;
    if (bytes > MAX_BYTES) break;
    kept += segment;
  }
  return kept.replace(/[.\s]+$/, '');
}
