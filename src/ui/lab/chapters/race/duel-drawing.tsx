import type { LabAnswer } from '../../../../protocol/index.ts';
import { ThumbImage } from '../../../parts/grid/tile.tsx';
import { count } from '../../../pure/format.ts';
import { duration } from '../../../pure/settings/index-text.ts';
import { t } from '../../../text/t.ts';
import type { ReadyContender } from './racers.ts';

/** A type, and what it found. */
export interface DuelSide {
  readonly contender: ReadyContender;
  readonly answer: LabAnswer;
}

/** Time and comparisons of two searches as bars, and which of the nearest photos each found. */
export function DuelDrawing({ sides }: { sides: readonly DuelSide[] }) {
  return (
    <div className="race-duel" role="img" aria-label={label(sides)}>
      <div className="race-bars">
        <Bars
          title={t('lab.time')}
          sides={sides}
          value={({ ms }) => ms}
          text={({ ms }) => duration(ms)}
        />
        <Bars
          title={t('lab.codes')}
          sides={sides}
          value={({ stats }) => stats.codesScanned}
          text={({ stats }) => count(stats.codesScanned)}
        />
      </div>
      {sides.map(({ contender, answer: { ids, truth } }, side) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: both may be the same type
        <div className="race-row" key={side} data-side={side}>
          <p>
            {t('lab.race.found', {
              name: contender.name,
              found: truth.filter((id) => ids.includes(id)).length,
              total: truth.length,
            })}
          </p>
          <ol>
            {Array.from(truth, (id) => (
              <li key={id} data-state={ids.includes(id) ? 'found' : 'missed'}>
                <ThumbImage id={id} alt="" />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </div>
  );
}

interface BarsProps {
  title: string;
  sides: readonly DuelSide[];
  value: (answer: LabAnswer) => number;
  text: (answer: LabAnswer) => string;
}

function Bars({ title, sides, value, text }: BarsProps) {
  const most = Math.max(...sides.map(({ answer }) => value(answer))) || 1;
  return (
    <div className="race-bar-group">
      <h3>{title}</h3>
      {sides.map(({ contender, answer }, side) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: both may be the same type
        <div className="race-bar" key={side} data-side={side}>
          <p>
            <span>{contender.name}</span> <strong>{text(answer)}</strong>
          </p>
          <span style={{ inlineSize: `${(100 * value(answer)) / most}%` }} />
        </div>
      ))}
    </div>
  );
}

function label(sides: readonly DuelSide[]): string {
  const [first, second] = sides as readonly [DuelSide, DuelSide];
  const found = ({ answer: { ids, truth } }: DuelSide) =>
    truth.filter((id) => ids.includes(id)).length;
  return t('lab.race.duel', {
    first: first.contender.name,
    firstFound: found(first),
    firstTime: duration(first.answer.ms),
    second: second.contender.name,
    secondFound: found(second),
    secondTime: duration(second.answer.ms),
    total: first.answer.truth.length,
  });
}
