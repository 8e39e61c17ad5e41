const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const EXIF = 'http://ns.adobe.com/exif/1.0/';
const PHOTOSHOP = 'http://ns.adobe.com/photoshop/1.0/';
const XMP = 'http://ns.adobe.com/xap/1.0/';

/** Date of the scene, then of digitization: a scan of an old photo may be a century younger. */
const DATES = [
  `${EXIF}DateTimeOriginal`,
  `${PHOTOSHOP}DateCreated`,
  `${EXIF}DateTimeDigitized`,
  `${XMP}CreateDate`,
];
/** Maximum bytes read of a packet. */
export const MOST_XMP = 2 ** 20;
/** Maximum nesting depth; XMP needs ten. */
const DEEPEST = 64;
/** Maximum characters read of a name or a date. */
const LONGEST = 80;

/**
 * The dates of an XMP packet, best first, as written: those of the picture itself, not of its
 * ingredients.
 *
 * Reads only these, in a single pass: entities are not resolved, and a packet that declares any is
 * read no further.
 *
 * @param packet untrusted
 */
export function xmpDates(packet: Uint8Array): string[] {
  const dates: (string | undefined)[] = [];
  const spaces = new Map<string, string>();
  const path: string[] = [];
  const note = (name: string, value: string) => {
    const rank = DATES.indexOf(name);
    if (rank >= 0) dates[rank] ??= value.slice(0, LONGEST).trim();
  };
  for (const tag of tagsOf(new TextDecoder().decode(packet.subarray(0, MOST_XMP)))) {
    if (tag.closes) {
      path.pop();
      continue;
    }
    for (const [prefix, uri] of tag.attributes()) {
      if (prefix.startsWith('xmlns:')) spaces.set(prefix.slice(6), uri);
    }
    const resolve = (name: string): string => {
      const colon = name.indexOf(':');
      return `${spaces.get(name.slice(0, Math.max(0, colon))) ?? ''}${name.slice(colon + 1)}`;
    };
    const name = resolve(tag.name);
    const [above, parent] = [path.at(-2), path.at(-1)];
    if (name === `${RDF}Description` && parent === `${RDF}RDF`) {
      for (const [attribute, value] of tag.attributes()) note(resolve(attribute), value);
    } else if (parent === `${RDF}Description` && above === `${RDF}RDF`) {
      note(name, tag.text());
    }
    if (!tag.empty && path.push(name) > DEEPEST) break;
  }
  return dates.filter((date) => date !== undefined);
}

interface Tag {
  readonly name: string;
  /** `</name>`. */
  readonly closes: boolean;
  /** `<name/>`. */
  readonly empty: boolean;
  attributes(): Generator<readonly [name: string, value: string]>;
  /** The beginning of the text after it, up to the next tag. */
  text(): string;
}

/** The tags of XML, until it is malformed or declares what XMP must not. */
function* tagsOf(xml: string): Generator<Tag> {
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
    const skipped = skip(xml, at);
    if (skipped === undefined) return;
    if (skipped > at) {
      at = skipped;
      continue;
    }
    const end = tagEnd(xml, at);
    if (end < 0) return;
    const content = xml.slice(at + 1, end);
    yield {
      name: /^\/?([^\s/]*)/.exec(content)![1]!,
      closes: content.startsWith('/'),
      empty: content.endsWith('/'),
      attributes: () => attributesOf(content),
      text: () => /^[^<]*/.exec(xml.slice(end + 1, end + 1 + LONGEST))![0],
    };
    at = end + 1;
  }
}

/** The attributes of a tag: names with an equals sign and a quoted value. */
function* attributesOf(content: string): Generator<readonly [name: string, value: string]> {
  for (let at = 0; at < content.length; ) {
    const open = quoteAfter(content, at);
    if (open < 0) return;
    const close = content.indexOf(content[open]!, open + 1);
    if (close < 0) return;
    const name = /(\S+)\s*=\s*$/.exec(content.slice(Math.max(at, open - LONGEST), open));
    if (name) yield [name[1]!, content.slice(open + 1, close)];
    at = close + 1;
  }
}

function quoteAfter(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === '"' || text[at] === "'") return at;
  return -1;
}

/** Offset after a comment or instruction that begins here; `undefined` if reading must stop. */
function skip(xml: string, at: number): number | undefined {
  const close = xml.startsWith('<!--', at) ? '-->' : xml.startsWith('<?', at) ? '?>' : undefined;
  if (close === undefined) return xml[at + 1] === '!' ? undefined : at;
  const end = xml.indexOf(close, at + 2);
  return end < 0 ? undefined : end + close.length;
}

/** Offset of a tag's `>`, outside quotes; -1 if there is none. */
function tagEnd(xml: string, from: number): number {
  let quote = '';
  for (let at = from; at < xml.length; at++) {
    const char = xml[at]!;
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '>') return at;
    else if (char === '"' || char === "'") quote = char;
  }
  return -1;
}
