import { useEffect, useRef } from 'react';
import type {
  BeforeAfter,
  ChangedResults,
  MethodResult,
  TeachingReport,
} from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { ThumbImage } from '../../parts/grid/tile.tsx';
import { figureRows, points } from '../../pure/settings/teach-text.ts';
import { t } from '../../text/t.ts';
import { takeFocus } from '../take-focus.ts';
import { TeachingMapsFigure } from './teaching-maps.tsx';

interface TeachingResultProps {
  report: TeachingReport;
  onAdopt: (calibration: ArrayBuffer) => void;
  onDiscard: () => void;
}

/** Whether learning helps, before anything changes. */
export function TeachingResult({ report, onAdopt, onDiscard }: TeachingResultProps) {
  const { best, calibration, changed, maps, methods, verdict } = report;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => takeFocus(heading.current), []);
  return (
    <section className="teach-result" aria-labelledby="teach-verdict" data-testid="teach-result">
      <h3 id="teach-verdict" ref={heading} className="trial-heading" tabIndex={-1}>
        {t(`teach.verdict.${verdict}`)}
      </h3>
      <p className="muted">{t(`teach.verdictHint.${verdict}`)}</p>
      {best && (
        <>
          <Compared title={t('teach.taught', { count: best.taught.queries })} of={best.taught} />
          {best.untaught && (
            <Compared
              title={t('teach.untaught', { count: best.untaught.queries })}
              of={best.untaught}
            />
          )}
        </>
      )}
      {calibration && (
        <div className="setting-buttons">
          <Button
            look={verdict === 'helps' ? 'primary' : 'quiet'}
            onClick={() => onAdopt(calibration)}
          >
            {t(verdict === 'helps' ? 'teach.use' : 'teach.useAnyway')}
          </Button>
          <Button look="quiet" onClick={onDiscard}>
            {t('teach.discard')}
          </Button>
        </div>
      )}
      {maps && <TeachingMapsFigure maps={maps} />}
      {changed.length > 0 && (
        <>
          <h4 className="trial-part">{t('teach.changed')}</h4>
          <p className="query-heads" aria-hidden="true">
            <span />
            <span>{t('teach.before')}</span>
            <span>{t('teach.after')}</span>
          </p>
          <ul className="teach-changed">
            {changed.map((each) => (
              <Changed key={each.photo} results={each} />
            ))}
          </ul>
        </>
      )}
      {methods.length > 0 && <Methods methods={methods} />}
    </section>
  );
}

function Compared({ title, of }: { title: string; of: BeforeAfter }) {
  return (
    <table className="teach-table">
      <caption>{title}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('teach.before')}</th>
          <th scope="col">{t('teach.after')}</th>
          <th scope="col">{t('teach.change')}</th>
        </tr>
      </thead>
      <tbody>
        {figureRows(of).map(({ key, before, after, change }) => (
          <tr key={key}>
            <th scope="row">{t(`teach.figure.${key}`)}</th>
            <td>{before}</td>
            <td>{after}</td>
            <td>{change}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Changed({ results: { photo, before, after, same } }: { results: ChangedResults }) {
  const belongs = new Set(same);
  const lane = (title: string, ids: readonly number[]) => (
    <div className="query-lane">
      <p className="query-title muted">{title}</p>
      <ul aria-label={title}>
        {ids.map((id) => (
          <li key={id} className="query-hit" data-same={belongs.has(id) || undefined}>
            <ThumbImage id={id} unnamed={t('models.photo')} />
            {belongs.has(id) && <span className="visually-hidden">{t('teach.same')}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
  return (
    <li className="query">
      <span className="query-photo">
        <ThumbImage id={photo} unnamed={t('models.photo')} />
      </span>
      {lane(t('teach.before'), before)}
      {lane(t('teach.after'), after)}
    </li>
  );
}

function Methods({ methods }: { methods: readonly MethodResult[] }) {
  return (
    <details className="teach-methods">
      <summary>{t('teach.methods')}</summary>
      <table className="teach-table">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('teach.figure.precision1')}</th>
            <th scope="col">{t('teach.figure.map')}</th>
            <th scope="col">{t('teach.others')}</th>
          </tr>
        </thead>
        <tbody>
          {methods.map(({ method, passes, taught, untaught }) => (
            <tr key={method}>
              <th scope="row">
                {t(`teach.method.${method}`)}
                {!passes && <small className="muted"> {t('teach.fails')}</small>}
              </th>
              <td>{points(taught.gain.precision1.value)}</td>
              <td>{points(taught.gain.map.value)}</td>
              <td>{untaught ? points(untaught.gain.precision1.value) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
