import { afterEach, describe, expect, it } from 'vitest';
import type { PersonView, RankedView } from '../../../protocol/index.ts';
import { de } from '../../text/de.ts';
import { en } from '../../text/en.ts';
import { setMessages, t } from '../../text/t.ts';
import {
  likelihood,
  namesake,
  personCounts,
  photosTitle,
  verdictText,
  whom,
  workDetail,
  workShare,
  workTitle,
  worthShowing,
} from './face-text.ts';

const person = (name: string, key = name): PersonView => ({
  key,
  name,
  edited: true,
  hidden: false,
  faces: 2,
  photos: 2,
  cover: null,
});
const ranked = (name: string, probability: number): RankedView => ({
  person: person(name),
  probability,
  evidence: [],
  inPhoto: false,
});

describe('verdictText', () => {
  it('names the person with the right degree of certainty', () => {
    const list = [ranked('Ana', 0.6), ranked('Eva', 0.3), ranked('Bo', 0.02)];
    expect(verdictText({ verdict: 'almost-surely', ranked: list, unnamed: null })).toBe(
      'Very likely Ana',
    );
    expect(verdictText({ verdict: 'perhaps', ranked: list, unnamed: null })).toBe(
      'Maybe Ana or Eva',
    );
    expect(verdictText({ verdict: 'nobody-named', ranked: list, unnamed: null })).toBe(
      'Unknown person',
    );
    expect(verdictText({ verdict: 'perhaps', ranked: [ranked('Ana', 0.5)], unnamed: null })).toBe(
      'Maybe Ana',
    );
  });

  it('tells unnamed people from unknown ones', () => {
    const group = { verdict: 'nobody-named', ranked: [], unnamed: person('') } as const;
    expect(verdictText(group)).toBe('Unnamed person');
    expect(verdictText({ ...group, unnamed: null })).toBe('Unknown person');
    expect(verdictText({ ...group, verdict: 'perhaps', ranked: [ranked('Ana', 0.5)] })).toBe(
      'Maybe Ana',
    );
  });

  it('skips unnamed people', () => {
    const list = [ranked('', 0.9), ranked('Eva', 0.4)];
    expect(verdictText({ verdict: 'perhaps', ranked: list, unnamed: null })).toBe('Maybe Eva');
    expect(verdictText({ verdict: 'almost-surely', ranked: [ranked('', 1)], unnamed: null })).toBe(
      'Unknown person',
    );
  });
});

it('omits people who are too unlikely', () => {
  const list = [ranked('', 0.5), ranked('Ana', 0.01), ranked('Eva', 0.009)];
  expect(worthShowing(list).map(({ person }) => person.name)).toEqual(['Ana']);
});

describe('likelihood', () => {
  it('never claims certainty', () => {
    expect([1, 0.999, 0.994, 0.5, 0.012, 0.004, 0, Number.NaN].map(likelihood)).toEqual([
      'over 99%',
      'over 99%',
      '99%',
      '50%',
      '1%',
      'under 1%',
      'under 1%',
      'under 1%',
    ]);
  });
});

it('uses the name in a sentence, or “this person”', () => {
  expect(t('people.removed', { ...whom({ name: 'Ana' }), count: 2 })).toBe(
    '2 faces removed from Ana',
  );
  expect(t('people.removed', { ...whom({ name: '' }), count: 1 })).toBe(
    '1 face removed from this person',
  );
});

it('counts faces only if they outnumber the photos', () => {
  expect(personCounts({ faces: 3, photos: 3 })).toBe('3 photos');
  expect(personCounts({ faces: 3, photos: 1 })).toBe('1 photo, 3 faces');
});

describe('the face scan status', () => {
  it('shows the progress and the time left', () => {
    const scanning = { state: 'scanning', done: 20, total: 1200, secondsLeft: 600 } as const;
    expect(workTitle({ ...scanning, loaded: 1 })).toBe('Scanning for faces: 20 of 1,200');
    expect(workDetail({ ...scanning, loaded: 1 })).toBe('About 10 minutes left');
    expect(workShare({ ...scanning, loaded: 1 })).toBeCloseTo(1 / 60);
    expect(workTitle({ ...scanning, loaded: 0.5 })).toBe('Preparing to scan for faces…');
    expect(workShare({ ...scanning, loaded: 0.5 })).toBe(0.5);
  });

  it('shows why a scan is not running', () => {
    expect(workDetail({ state: 'stopped', left: 1 })).toBe('1 photo left');
    expect(workDetail({ state: 'failed', code: 'quota-exceeded', message: '' })).toMatch(
      /^There’s no space left/,
    );
    expect(workShare({ state: 'idle' })).toBeNull();
  });
});

describe('namesake', () => {
  const people = [person('Ana María', '1'), person('', '2'), person('Eva', '3')];
  it('finds a person who already has the name, however it is typed', () => {
    expect(namesake(people, ' ana  mari\u0301a ', null)?.key).toBe('1');
    expect(namesake(people, 'Eva', '3')).toBeNull();
    expect(namesake(people, '  ', null)).toBeNull();
    expect(namesake(people, 'Ev', null)).toBeNull();
  });
});

it('claims that photos show a face only if the best match has a probability of at least 0.5', () => {
  const photos = (probability: number) => ({
    photos: [{ photoId: 1, face: 2 ** 31, probability }],
  });
  expect(photosTitle(photos(0.5))).toBe('Photos with this face');
  expect(photosTitle(photos(0.49))).toBe('Photos that may show this face');
});

describe('in German', () => {
  afterEach(() => setMessages('en', en));

  it('inflects “this person” and formats percentages', () => {
    setMessages('de', de);
    expect(t('people.removed', { ...whom({ name: '' }), count: 2 })).toBe(
      '2 Gesichter von dieser Person entfernt',
    );
    expect(t('person.facesOf', whom({ name: '' }))).toBe('Gesichter dieser Person');
    expect(
      verdictText({
        verdict: 'perhaps',
        ranked: [ranked('Ana', 0.6), ranked('Eva', 0.3)],
        unnamed: null,
      }),
    ).toBe('Vielleicht Ana oder Eva');
    expect(likelihood(0.999)).toBe('über 99\u00a0%');
  });
});
