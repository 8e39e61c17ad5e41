import { t } from '../../text/t.ts';
import { count } from '../format.ts';
import type { FieldOption, SpecField } from './spec-field.ts';

const LEAF_SIZES = [8, 16, 32, 64, 128, 256];
const TREES = [2, 5, 10, 20, 50];

/** The most photos of a leaf. */
export function leafSize(automatic: FieldOption): SpecField {
  return {
    name: 'leafSize',
    label: t('index.leafSize'),
    help: t('index.leafSizeHelp'),
    options: [automatic, ...LEAF_SIZES.map(numbered)],
  };
}

/** The trees of a forest. */
export function forestTrees(automatic: FieldOption): SpecField {
  return {
    name: 'trees',
    label: t('index.trees'),
    help: t('index.treesHelp'),
    options: [automatic, ...TREES.map(numbered)],
  };
}

function numbered(value: number): FieldOption {
  return { value: String(value), label: count(value) };
}
