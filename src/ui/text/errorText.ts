import type { ErrorDetails, ErrorReport } from '../../protocol/index.ts';
import { bytes } from '../pure/format.ts';
import { en } from './en.ts';
import { t } from './t.ts';

/** File types that share a message. */
const KINDS: Readonly<Record<string, string>> = {
  'tiff-or-raw': 'tiff',
  'jpeg-xl': 'jpegxl',
  'jpeg-2000': 'jpeg2000',
  'audio-or-video': 'video',
  zip: 'archive',
  'web-page': 'page',
  xml: 'svg',
};

/** What happened and what to do about it, in the page's language. */
export function errorText({ code, details }: Pick<ErrorReport, 'code' | 'details'>): string {
  const known = Object.hasOwn(en.errors, code) ? code : 'internal';
  const translate = t as (key: string, values: Record<string, string | number>) => string;
  return translate(`errors.${known}`, valuesOf(details));
}

/** Rows stored by earlier versions may lack details; messages then say less. */
function valuesOf(details: ErrorDetails | undefined): Record<string, string | number> {
  const values: Record<string, string | number> = { ...MISSING };
  for (const [name, value] of Object.entries(details ?? {})) {
    if (name.endsWith('Bytes')) values[name.slice(0, -'Bytes'.length)] = bytes(Number(value));
    else if (name === 'reason') values.reason = String(value).replaceAll('-', '_');
    else values[name] = name === 'kind' ? (KINDS[value] ?? value) : value;
  }
  return values;
}

/** Placeholders for every argument that a message may use. */
const MISSING = {
  columns: '?',
  reason: 'other',
  kind: 'other',
  names: '?',
  name: '?',
  shape: '?',
  cause: '?',
  size: '?',
  limit: 0,
  wanted: '?',
  count: 2,
  width: 0,
  height: 0,
  side: 0,
  least: 0,
  most: 0,
  dims: 0,
  seconds: 0,
} as const;
