import { t } from '../../text/t.ts';
import { count } from '../format.ts';
import type { FieldOption, SpecField } from './spec-fields.ts';

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

function numbered(value: number): FieldOption {
  return { value: String(value), label: count(value) };
}
