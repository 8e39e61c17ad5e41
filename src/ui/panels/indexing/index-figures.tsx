import { useEffect, useRef, useState } from 'react';
import type { IndexReport, SegmentReport } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { bytes, count, day, plural } from '../../pure/format.ts';
import { duration, percent, specDetail, specName } from '../../pure/index-words.ts';
import { useUi } from '../../state/ui.ts';
import { akinError } from '../../state/use-load.ts';
import { Figure } from '../figure.tsx';
import { RunButton } from './run-button.tsx';

/** From so many photos on a whole new index takes minutes on a small machine. */
const COSTLY = 50_000;
/** Below it there are no 10 nearest to find. */
const LEAST_TO_CHECK = 12;

interface IndexFiguresProps {
  report: IndexReport;
  photos: number;
  d: number;
  busy: boolean;
  onChange: () => void;
}

/** What the index is made of, what it takes and how well it finds. */
export function IndexFigures({ report, photos, d, busy, onChange }: IndexFiguresProps) {
  const { akin, ask, tell } = useUi();
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
      const { code, message } = akinError(thrown);
      if (code !== 'aborted') {
        tell({ text: 'The index could not be checked', detail: message, urgent: true });
      }
    } finally {
      setChecking(false);
    }
  };

  const rebuild = async () => {
    const agreed =
      photos < COSTLY ||
      (await ask({
        title: 'Build the index anew?',
        body: `With ${plural(photos, 'photo')} this may take some minutes. You can go on searching meanwhile, and end it at any time.`,
        confirm: 'Rebuild',
        decline: 'Not now',
        harmless: true,
      }));
    if (!agreed) return;
    try {
      await akin.rebuildIndex();
      onChange();
    } catch (thrown) {
      const { message } = akinError(thrown);
      tell({ text: 'The index could not be built', detail: message, urgent: true });
    }
  };

  const { quality } = report;
  // What has just been sealed leaves an empty segment for the photos to come.
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
        <Figure name="In use" value="Nothing yet: there are no photos" />
      </dl>
    );
  }
  return (
    <>
      <dl className="figures" data-testid="index-figures">
        <Figure
          name="In use"
          value={
            <>
              {specName(main.spec)}
              {detail !== '' && <span className="muted">, {detail}</span>}
            </>
          }
        />
        <Figure
          name="Holds"
          value={
            <>
              {plural(photos, 'photo')}
              <span className="muted">, {count(d)} numbers each</span>
              {segments.length > 1 && <Segments segments={segments} />}
            </>
          }
        />
        <Figure
          name="Memory"
          value={
            <>
              {bytes(held)}
              {rerank > 0 && (
                <span className="muted"> and {bytes(rerank)} for the second look</span>
              )}
            </>
          }
        />
        {exact > 0 && (
          <Figure
            name="On disk"
            value={
              <>
                {bytes(exact)} <span className="muted">of exact numbers, for the last word</span>
              </>
            }
          />
        )}
        <Figure
          name="Recall"
          value={
            quality ? (
              <>
                {percent(quality.recall10)}{' '}
                <span className="muted">of the 10 truly nearest are found</span>
              </>
            ) : (
              <span className="muted">not checked as it is now</span>
            )
          }
        />
        {quality && (
          <Figure
            name="Time"
            value={
              <>
                {duration(quality.msMedian)}{' '}
                <span className="muted">
                  a search, the median of {count(quality.queries)}, {day(quality.measuredAt)}
                </span>
              </>
            }
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
          Check
        </RunButton>
        <Button disabled={busy || photos === 0} onClick={() => void rebuild()}>
          Rebuild
        </Button>
      </div>
      <p className="muted index-note" role="status">
        {checking
          ? 'Searching with some of your photos, and through all to compare…'
          : checkWords(photos)}
      </p>
    </>
  );
}

function checkWords(photos: number): string {
  if (photos < LEAST_TO_CHECK) return `To check it, ${LEAST_TO_CHECK} photos are needed.`;
  const queries = photos < 100 ? 'your photos' : '100 of your photos';
  return `Check searches with ${queries} and compares the answers with a search through all.`;
}

function Segments({ segments }: { segments: readonly SegmentReport[] }) {
  return (
    <details className="index-segments">
      <summary>{plural(segments.length, 'segment')}</summary>
      <ul>
        {segments.map((segment, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a segment is told by its place alone
          <li key={i}>
            {specName(segment.spec)}
            <span className="muted">
              {segment.delta ? ', the latest: ' : ': '}
              {plural(segment.vectors, 'photo')}, {bytes(segment.bytes + segment.rerankBytes)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
