import { t } from '../../../text/t.ts';

const STEP_TEXTS = [
  'lab.lopq.cell',
  'lab.lopq.turned',
  'lab.lopq.shares',
  'lab.lopq.errors',
  'lab.lopq.recall',
] as const;

export const LOPQ_STEPS = STEP_TEXTS.length;

export function lopqStepText(step: number): string {
  return t(STEP_TEXTS[step - 1]!);
}

export function lopqText(): readonly string[] {
  return [t('lab.lopq.text1'), t('lab.lopq.text2'), t('lab.lopq.text3')];
}
