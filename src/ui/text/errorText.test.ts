import { afterEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../protocol/index.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { errorText } from './errorText.ts';
import { setMessages } from './t.ts';

afterEach(() => setMessages('en', en));

describe('errorText', () => {
  it('includes the values of the error', () => {
    expect(
      errorText({
        code: 'too-many-pixels',
        details: { reason: 'size', width: 30_000, height: 20_000, limit: 120 },
      }),
    ).toBe('This photo has 30,000 × 20,000 pixels. Akin opens up to 120 megapixels.');
    expect(
      errorText({ code: 'file-too-large', details: { sizeBytes: 5e8, limitBytes: 4.194e8 } }),
    ).toBe('This file is too large: 500 MB. Akin opens files up to 419 MB.');
    expect(
      errorText({ code: 'unsupported-format', details: { reason: 'kind', kind: 'xml' } }),
    ).toBe('Akin can’t open SVG drawings. Export a PNG and import that.');
    expect(errorText({ code: 'not-found', details: { reason: 'faces-off' } })).toBe(
      'Face recognition is turned off.',
    );
  });

  it('is translated to German', () => {
    setMessages('de', de);
    expect(
      errorText({ code: 'file-too-large', details: { sizeBytes: 5e8, limitBytes: 4.194e8 } }),
    ).toBe('Diese Datei ist zu groß: 500 MB. Akin öffnet Dateien bis 419 MB.');
  });

  it('is more general if an earlier version stored no values', () => {
    expect(errorText({ code: 'not-found' })).toBe('This is no longer in your library.');
    expect(errorText({ code: 'unsupported-format' })).toMatch(
      /^Akin doesn’t recognize this file. It may be damaged/,
    );
    expect(errorText({ code: 'of-tomorrow' as ErrorCode })).toMatch(/^Something went wrong/);
  });

  it.each(['en', 'de'])('has a message for each code without details (%s)', (language) => {
    setMessages(language, language === 'de' ? de : en);
    for (const code of Object.keys(en.errors) as ErrorCode[]) {
      expect(errorText({ code })).not.toMatch(/[{}]|errors\./);
    }
  });
});
