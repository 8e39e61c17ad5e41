import { t } from '../../text/t.ts';
import { count } from '../format.ts';
import type { FieldOption, SpecField } from './spec-field.ts';

const TABLES = [2, 4, 8, 16, 32];
const LEAST_KEY_BITS = 4;
const MOST_KEY_BITS = 24;
const ITQ_BITS = [32, 64, 128, 192, 256];

/** The length of a learned binary code: at most one bit per component. */
export function codeBits(d: number, automatic: FieldOption): SpecField {
  const options = ITQ_BITS.filter((bits) => bits <= d).map(numbered);
  return {
    name: 'nbits',
    label: t('index.codeBits'),
    help: t('index.codeBitsHelp'),
    options: [automatic, ...options],
  };
}

/** The tables of a random hash, and the bits of a bucket: few enough for about one photo in each. */
export function hashTables(n: number, automatic: FieldOption): SpecField[] {
  const most = Math.min(MOST_KEY_BITS, Math.max(LEAST_KEY_BITS, Math.ceil(Math.log2(n + 1))));
  const bits = Array.from({ length: most - LEAST_KEY_BITS + 1 }, (_, i) => LEAST_KEY_BITS + i);
  return [
    {
      name: 'tables',
      label: t('index.tables'),
      help: t('index.tablesHelp'),
      options: [automatic, ...TABLES.map(numbered)],
    },
    {
      name: 'bits',
      label: t('index.keyBits'),
      help: t('index.keyBitsHelp'),
      options: [automatic, ...bits.map(numbered)],
    },
  ];
}

function numbered(value: number): FieldOption {
  return { value: String(value), label: count(value) };
}
