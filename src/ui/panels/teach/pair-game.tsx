import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import type { PhotoId } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { ThumbImage } from '../../parts/grid/tile.tsx';
import { RestoreIcon } from '../../parts/icons.tsx';
import { keyName } from '../../pure/key-names.ts';
import { type PairAnswer, usePairGame } from '../../state/hooks/use-pair-game.ts';
import { useThumb } from '../../state/hooks/use-thumb.ts';
import { useVersionedLoad } from '../../state/hooks/use-versioned-load.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { takeFocus } from '../take-focus.ts';
import './pair-game.css';

/** The same in every language. */
const KEYS: Readonly<Record<string, PairAnswer | 'undo'>> = {
  a: 'alike',
  ArrowRight: 'alike',
  n: 'different',
  ArrowLeft: 'different',
  s: 'skip',
  ArrowDown: 'skip',
  u: 'undo',
  ArrowUp: 'undo',
  Delete: 'undo',
};

const LETTERS = { alike: 'A', different: 'N', skip: 'S', undo: 'U' } as const;
const ARROWS = {
  alike: 'ArrowRight',
  different: 'ArrowLeft',
  skip: 'ArrowDown',
  undo: 'ArrowUp',
} as const;
/** The same keys in `aria-keyshortcuts` syntax. */
const shortcuts = (of: keyof typeof LETTERS) => `${LETTERS[of]} ${ARROWS[of]}`;

/** Shows two photos at a time and asks whether they are alike. */
export function PairGame({ onDone }: { onDone: () => void }) {
  const { akin } = useUi();
  const { pairs } = akin.teach;
  const { value: sources } = useVersionedLoad(
    pairs.version,
    useCallback(() => pairs.sources(), [pairs]),
  );
  const game = usePairGame();
  const { question, status, answered } = game;
  const box = useRef<HTMLElement>(null);
  useEffect(() => takeFocus(box.current), []);

  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const meaning = KEYS[keyName(event)];
    if (!meaning) return;
    event.preventDefault();
    if (meaning === 'undo') void game.undo();
    else if (question) game.answer(meaning);
  };

  return (
    <section
      ref={box}
      className="pair-game"
      tabIndex={-1}
      aria-label={t('teach.alikeTitle')}
      data-testid="pair-game"
      onKeyDown={press}
    >
      {question ? (
        <>
          <p className="muted">{t('teach.alikeHint')}</p>
          <div className="pair-photos" data-testid="pair" data-pair={`${question.a} ${question.b}`}>
            {[question.a, question.b].map((id) => (
              <div key={id} className="pair-photo">
                <ThumbImage id={id} unnamed={t('gallery.photoNumber', { number: id })} />
              </div>
            ))}
          </div>
          <div className="pair-buttons">
            <Button
              aria-keyshortcuts={shortcuts('different')}
              onClick={() => game.answer('different')}
            >
              {t('teach.notAlike')} <span className="pair-key">{LETTERS.different}</span>
            </Button>
            <Button
              look="primary"
              aria-keyshortcuts={shortcuts('alike')}
              onClick={() => game.answer('alike')}
            >
              {t('teach.alike')} <span className="pair-key">{LETTERS.alike}</span>
            </Button>
            <Button
              look="quiet"
              aria-keyshortcuts={shortcuts('skip')}
              onClick={() => game.answer('skip')}
            >
              {t('teach.alikeSkip')} <span className="pair-key">{LETTERS.skip}</span>
            </Button>
          </div>
        </>
      ) : (
        <Waiting
          status={status}
          onAgain={game.skipped > 0 || status === 'failed' ? game.again : null}
        />
      )}
      <p className="pair-count muted" role="status" data-testid="pair-count">
        {t('teach.alikeCount', { count: answered })}
        {sources !== null &&
          sources.groups > 0 &&
          ` · ${t('teach.alikeGroups', { groups: sources.groups, photos: sources.photos })}`}
      </p>
      <div className="setting-buttons">
        <Button
          look="quiet"
          aria-keyshortcuts={shortcuts('undo')}
          disabled={!game.canUndo}
          onClick={() => void game.undo()}
        >
          <RestoreIcon /> {t('teach.alikeUndo')}
        </Button>
        <Button className="pair-done" onClick={onDone}>
          {t('teach.done')}
        </Button>
      </div>
      <div hidden>
        {game.next.map(({ a, b }) => [a, b].map((id) => <Preload key={id} id={id} />))}
      </div>
    </section>
  );
}

interface WaitingProps {
  status: ReturnType<typeof usePairGame>['status'];
  onAgain: (() => void) | null;
}

/** In place of a question: none yet, or none left. */
function Waiting({ status, onAgain }: WaitingProps) {
  if (status === 'failed') {
    return (
      <div className="pair-none" role="alert">
        <p>{t('teach.alikeFailed')}</p>
        {onAgain && <Button onClick={onAgain}>{t('common.tryAgain')}</Button>}
      </div>
    );
  }
  return (
    <div className="pair-none">
      <p className="muted">{t(status === 'done' ? 'teach.alikeNone' : 'common.gettingReady')}</p>
      {status === 'done' && onAgain && <Button onClick={onAgain}>{t('teach.alikeSkipped')}</Button>}
    </div>
  );
}

/** Loads the thumbnail of a photo that comes next. */
function Preload({ id }: { id: PhotoId }) {
  useThumb(id);
  return null;
}
