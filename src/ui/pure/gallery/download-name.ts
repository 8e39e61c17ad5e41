/** Valid extensions of each type; the first is the one to append. */
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

/** Maximum UTF-8 bytes in a name: file systems allow 255, and the browser may add a number. */
const MAX_BYTES = 200;

/**
 * Control, invisible and bidirectional characters. Zero-width joiner and non-joiner are kept: some
 * scripts are misspelled without them.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Characters that file systems forbid or treat as path separators. */
const RESERVED = /[\\/:*?"<>|]/g;
/** Reserved device names on Windows, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

/**
 * The name for saving a photo: its own name without forbidden characters, always with an extension
 * that matches its bytes, so that a JPEG named `photo.html` doesn't open as a page.
 *
 * @param mime sniffed from the first bytes; `null` if they aren't a picture
 */
export function downloadName(name: string, mime: string | null): string {
  const endings = ENDINGS.get(mime ?? '') ?? ['bin'];
  const clean = name
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(RESERVED, '_')
    .trim()
    // A leading dot hides a file, and Windows drops trailing dots and spaces.
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
 * `beach (2).jpg` if `beach.jpg` is taken.
 *
 * @param taken names in lower case, since some file systems ignore case
 */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  const at = name.lastIndexOf('.');
  let unique = name;
  for (let n = 2; taken.has(unique.toLowerCase()); n++) {
    unique = `${name.slice(0, at)} (${n})${name.slice(at)}`;
  }
  return unique;
}

/** Truncates a name to fit, at a character boundary. */
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
