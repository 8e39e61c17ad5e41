import { useCallback, useMemo, useState } from 'react';
import type { LabAnswer } from '../../../../protocol/index.ts';
import { bytes } from '../../../pure/format.ts';
import { duration, percent } from '../../../pure/settings/index-text.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { ChapterFrame } from '../../frame/chapter-frame.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import type { Figure } from '../../frame/figures.tsx';
import { PhotoLink } from '../../frame/photo-link.tsx';
import { PhotoStrip, type StripPhoto } from '../../frame/photo-strip.tsx';
import { UseThis } from '../../frame/use-button.tsx';
import { labCalls } from '../../pure/lab-call.ts';
import { whyMissedText } from '../../pure/missed.ts';
import { neighborsOf } from '../../pure/neighbors.ts';
import { useLab } from '../../state/lab-context.ts';
import { useIndexChoice } from '../../state/use-index-choice.ts';
import { useShown } from '../../state/use-shown.ts';
import { DuelDrawing, type DuelSide } from './duel-drawing.tsx';
import { type Contender, memoryOf, type ReadyContender } from './racers.ts';
import { RACE_STEPS, raceStepText, raceText } from './steps.ts';

interface DuelProps {
  contenders: readonly Contender[];
  /** Which effort of each, from 0 on. */
  level: number;
}

/** Two index types search for the same photo. */
export function Duel({ contenders, level }: DuelProps) {
  const { akin } = useUi();
  const { photo, k } = useLab();
  const [keys, setKeys] = useState<readonly [string, string]>(['flat', 'ivfpq']);
  const choice = useIndexChoice();
  const ready = contenders.filter((each): each is ReadyContender => each.plan !== null);
  const sides = keys.map((key) => ready.find((each) => each.key === key) ?? ready.at(-1)!);
  const [first, second] = sides as [ReadyContender, ReadyContender];
  const searches = useMemo(
    () =>
      [first, second].map(({ spec, plan: { searches: efforts } }) => {
        return { spec, photo, k, ...efforts[Math.min(level, efforts.length - 1)] };
      }),
    [first, second, photo, k, level],
  );
  const shown = useShown<readonly DuelSide[]>(
    useCallback(
      async (signal) => {
        const answers = await Promise.all(
          searches.map((search) => akin.lab.search(search, { signal })),
        );
        return answers.map((answer, i) => ({ contender: [first, second][i]!, answer }));
      },
      [akin, searches, first, second],
    ),
  );
  return (
    <ChapterFrame
      text={raceText()}
      steps={RACE_STEPS}
      stepText={raceStepText(level + 1)}
      shown={shown}
      drawing={shown.value && <DuelDrawing sides={shown.value} />}
      figures={shown.value ? figuresOf(shown.value.map(({ answer }) => answer)) : []}
      call={labCalls('search', searches)}
      controls={[0, 1].map((side) => (
        <label className="lab-choice" key={side}>
          <span className="muted">{t(side === 0 ? 'lab.race.first' : 'lab.race.second')}</span>
          <select
            value={sides[side]!.key}
            onChange={({ target: { value } }) =>
              setKeys(([a, b]) => (side === 0 ? [value, b] : [a, value]))
            }
          >
            {contenders.map(({ key, name, plan }) => (
              <option key={key} value={key} disabled={plan === null}>
                {plan ? name : t('lab.race.tooFew', { name })}
              </option>
            ))}
          </select>
        </label>
      ))}
    >
      {shown.value && (
        <div className="race-sides">
          {shown.value.map(({ contender: { name, spec }, answer }, side) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: both may be the same type
            <div className="race-side" key={side} data-testid={`race-side-${side}`}>
              <PhotoStrip title={foundText(name, answer)} photos={stripOf(answer)} />
              <UseThis spec={spec} choice={choice} detail={name} />
            </div>
          ))}
        </div>
      )}
      {shown.value && <DuelTable sides={shown.value} />}
    </ChapterFrame>
  );
}

function foundText(name: string, { ids, truth }: LabAnswer): string {
  const found = truth.filter((id) => ids.includes(id)).length;
  return t('lab.race.found', { name, found, total: truth.length });
}

function stripOf(answer: LabAnswer): readonly StripPhoto[] {
  return neighborsOf(answer, (id) => whyMissedText(answer.trace, id));
}

function figuresOf(answers: readonly LabAnswer[]): readonly Figure[] {
  const versus = (id: string, name: string, text: (answer: LabAnswer) => string): Figure => {
    const [first, second] = answers.map(text) as [string, string];
    return { id, name, value: t('lab.race.versus', { first, second }) };
  };
  return [
    versus('time', t('lab.time'), ({ ms }) => duration(ms)),
    versus('codes', t('lab.codes'), ({ stats }) =>
      t('lab.codesValue', { count: stats.codesScanned }),
    ),
    versus('recall', t('lab.recall'), ({ recall }) => percent(recall)),
    versus('size', t('lab.size'), (answer) =>
      t('lab.sizeValue', { size: bytes(Math.round(memoryOf(answer))) }),
    ),
  ];
}

function DuelTable({ sides }: { sides: readonly DuelSide[] }) {
  const truth = sides[0]!.answer.truth;
  return (
    <FactsTable
      caption={t('lab.chapter.race')}
      columns={[
        t('lab.rank'),
        t('lab.photo'),
        // The same type may be on both sides.
        ...sides.map(({ contender }, i) => `${i + 1}. ${contender.name}`),
      ]}
      rows={Array.from(truth, (id, rank) => [
        String(rank + 1),
        <PhotoLink key={id} id={id} />,
        ...sides.map(({ answer: { ids, trace } }) =>
          ids.includes(id) ? t('lab.found') : whyMissedText(trace, id),
        ),
      ])}
    />
  );
}
