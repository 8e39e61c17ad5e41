import { AkinError } from '../../base/errors.ts';
import { renumber } from '../log/log.ts';
import type { Log } from '../log/logEntry.ts';
import type { Sliced } from '../log/slices.ts';
import { PAIR_LOG, type PairAssertion } from './pairAssertions.ts';

const FORMAT = 'akin-pairs';
const VERSION = 1;
/** Maximum length of a file, in characters. */
const MAX_CHARACTERS = 160 * 1024 * 1024;

/** Serializes a log of pairs for export: `{"format":"akin-pairs","version":1,"entries":[…]}`. */
export function exportPairs(log: Log<PairAssertion>): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, entries: log });
}

/**
 * Parses an exported log, which may come from elsewhere, in slices after the text is parsed. Entries
 * are renumbered from 1, so an imported id can't exhaust the id range.
 *
 * @throws AkinError `bad-magic` if it is no such file, `too-new`, `corrupt`, `too-many-steps`
 */
export function* importingPairs(text: string): Sliced<Log<PairAssertion>> {
  if (text.length > MAX_CHARACTERS) {
    throw new AkinError('too-many-steps', 'This file is longer than any that Akin writes.');
  }
  const { format, version, entries } = parsed(text);
  if (format !== FORMAT) throw noPairs();
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new AkinError('corrupt', 'the file has no version');
  }
  if (version > VERSION) throw new AkinError('too-new', 'the file is of a newer version');
  return renumber(yield* PAIR_LOG.reading(entries), 1);
}

function parsed(text: string): Record<string, unknown> {
  try {
    const file: unknown = JSON.parse(text);
    if (typeof file === 'object' && file !== null) return file as Record<string, unknown>;
  } catch (error) {
    throw noPairs(error);
  }
  throw noPairs();
}

function noPairs(cause?: unknown): AkinError {
  return new AkinError('bad-magic', 'This file holds no pairs of photos.', {
    cause,
    details: { reason: 'pairs' },
  });
}
