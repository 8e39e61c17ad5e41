import { t } from '../../text/t.ts';
import { count } from '../format.ts';
import type { FieldOption, SpecField } from './spec-field.ts';

const LINKS = [8, 12, 16, 24, 32, 48];
const CANDIDATES = [50, 100, 200, 400];

/** The links of a photo in a graph, and among how many photos they are chosen. */
export function graphFields(automatic: FieldOption): SpecField[] {
  return [
    {
      name: 'M',
      label: t('index.links'),
      help: t('index.linksHelp'),
      options: [automatic, ...LINKS.map(numbered)],
    },
    {
      name: 'efConstruction',
      label: t('index.linkCandidates'),
      help: t('index.linkCandidatesHelp'),
      options: [automatic, ...CANDIDATES.map(numbered)],
    },
  ];
}

function numbered(value: number): FieldOption {
  return { value: String(value), label: count(value) };
}
