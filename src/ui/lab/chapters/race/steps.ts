import { t } from '../../../text/t.ts';

const STEP_TEXTS = [
  'lab.race.level1',
  'lab.race.level2',
  'lab.race.level3',
  'lab.race.byTime',
  'lab.race.byMemory',
] as const;

export const RACE_STEPS = STEP_TEXTS.length;

export function raceStepText(step: number): string {
  return t(STEP_TEXTS[step - 1]!);
}

export function raceText(): readonly string[] {
  return [t('lab.race.text1'), t('lab.race.text2'), t('lab.race.text3')];
}
