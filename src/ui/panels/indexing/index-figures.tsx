import { useEffect, useRef, useState } from 'react';
import type { IndexReport, SegmentReport } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { bytes, day } from '../../pure/format.ts';
import { duration, percent, specDetail, specName } from '../../pure/settings/index-text.ts';
import { akinError } from '../../state/hooks/use-load.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { Figure, muted } from '../figure.tsx';
import { RunButton } from './run-button.tsx';

/** From this many photos, a rebuild takes minutes on a slow device. */
const COSTLY = 50_000;
/** Below this, there are no 10 nearest neighbours to find. */
const LEAST_TO_CHECK = 12;

interface IndexFiguresProps {
  report: IndexReport;
  photos: number;
  d: number;
  busy: boolean;
  onChange: () => void;
}

/** Structure, memory use and recall of the index. */
export function IndexFigures({ report, photos, d, busy, onChange }: IndexFiguresProps) {
  const { akin, ask, showToast } = useUi();
  const [checking, setChecking] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const check = async () => {
    const controller = new AbortController();
    running.current = controller;
    setChecking(true);
    try {
      await akin.checkIndex({ signal: controller.signal });
      onChange();
    } catch (thrown) {
      const error = akinError(thrown);
      if (error.code !== 'aborted') {
        showToast({ text: t('index.checkFailed'), detail: errorText(error), urgent: true });
      }
    } finally {
      setChecking(false);
    }
  };

  const rebuild = async () => {
    const agreed =
      photos < COSTLY ||
      (await ask({
        title: t('index.rebuildTitle'),
        body: t('index.rebuildBody', { count: photos }),
        confirm: t('index.rebuild'),
        decline: t('common.cancel'),
        harmless: true,
      }));
    if (!agreed) return;
    try {
      await akin.rebuildIndex();
      onChange();
    } catch (thrown) {
      const detail = errorText(akinError(thrown));
      showToast({ text: t('index.rebuildFailed'), detail, urgent: true });
    }
  };

  const { quality } = report;
  // Sealing leaves an empty segment for new photos.
  const segments = report.segments.filter(({ vectors }) => vectors > 0);
  const main = segments.reduce<SegmentReport | null>(
    (most, each) => (most === null || each.vectors > most.vectors ? each : most),
    null,
  );
  const detail = main === null ? '' : specDetail(main.spec);
  const held = report.segments.reduce((sum, each) => sum + each.bytes, 0);
  const rerank = report.segments.reduce((sum, each) => sum + each.rerankBytes, 0);
  const exact = report.segments.reduce((sum, each) => sum + each.exactBytes, 0);
  if (main === null || photos === 0) {
    return (
      <dl className="figures" data-testid="index-figures">
        <Figure name={t('index.inUse')} value={t('index.empty')} />
      </dl>
    );
  }
  return (
    <>
      <dl className="figures" data-testid="index-figures">
        <Figure
          name={t('index.inUse')}
          value={
            detail === ''
              ? specName(main.spec)
              : t.rich('index.inUseValue', { name: specName(main.spec), detail, muted })
          }
        />
        <Figure
          name={t('index.contents')}
          value={
            <>
              {t.rich('index.contentsValue', { count: photos, d, muted })}
              {segments.length > 1 && <Segments segments={segments} />}
            </>
          }
        />
        <Figure
          name={t('index.memory')}
          value={
            rerank === 0
              ? bytes(held)
              : t.rich('index.memoryReranking', {
                  size: bytes(held),
                  rerank: bytes(rerank),
                  muted,
                })
          }
        />
        {exact > 0 && (
          <Figure
            name={t('index.disk')}
            value={t.rich('index.diskValue', { size: bytes(exact), muted })}
          />
        )}
        <Figure
          name={t('index.recall')}
          value={
            quality
              ? t.rich('index.recallValue', { recall: percent(quality.recall10), muted })
              : muted(t('index.recallUnknown'))
          }
        />
        {quality && (
          <Figure
            name={t('index.time')}
            value={t.rich('index.timeValue', {
              time: duration(quality.msMedian),
              queries: quality.queries,
              date: day(quality.measuredAt),
              muted,
            })}
          />
        )}
      </dl>
      <div className="setting-buttons">
        <RunButton
          running={checking}
          disabled={photos < LEAST_TO_CHECK}
          onStart={() => void check()}
          onCancel={() => running.current?.abort()}
        >
          {t('index.check')}
        </RunButton>
        <Button disabled={busy || photos === 0} onClick={() => void rebuild()}>
          {t('index.rebuild')}
        </Button>
      </div>
      <p className="muted index-note" role="status">
        {checking ? t('index.checking') : checkHint(photos)}
      </p>
    </>
  );
}

/** Maximum number of queries in a recall check. */
const MOST_QUERIES = 100;

function checkHint(photos: number): string {
  if (photos < LEAST_TO_CHECK) return t('index.checkFew', { least: LEAST_TO_CHECK });
  if (photos < MOST_QUERIES) return t('index.checkAll');
  return t('index.checkSome', { queries: MOST_QUERIES });
}

function Segments({ segments }: { segments: readonly SegmentReport[] }) {
  return (
    <details className="index-segments">
      <summary>{t('index.segments', { count: segments.length })}</summary>
      <ul>
        {segments.map((segment, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a segment is identified by position
          <li key={i}>
            {t.rich(segment.delta ? 'index.newestSegment' : 'index.segment', {
              name: specName(segment.spec),
              count: segment.vectors,
              size: bytes(segment.bytes + segment.rerankBytes),
              muted,
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}
