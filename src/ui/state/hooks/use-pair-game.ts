import { useCallback, useEffect, useState } from 'react';
import type { AlikeQuestion, PhotoId } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { attempt } from '../actions/attempt.ts';
import { useUi } from '../ui.ts';
import { useLatest } from './use-latest.ts';
import { akinError } from './use-load.ts';

export type PairAnswer = 'alike' | 'different' | 'skip';

interface Past {
  readonly question: AlikeQuestion;
  readonly answer: PairAnswer;
  /** The entry of the log, once it is saved; `null` if it wasn't. */
  readonly entry: Promise<number | null>;
}

/** With fewer questions at hand, more are asked for. */
const LOW = 4;

const pairOf = ({ a, b }: AlikeQuestion): readonly [PhotoId, PhotoId] => [a, b];

/** Questions about pairs of photos, one at a time. Every answer is saved at once. */
export function usePairGame() {
  const { akin, showToast } = useUi();
  const { pairs } = akin.teach;
  const [queue, setQueue] = useState<readonly AlikeQuestion[]>([]);
  const [past, setPast] = useState<readonly Past[]>([]);
  const [status, setStatus] = useState<'idle' | 'asking' | 'done' | 'failed'>('idle');
  const known = useLatest([...past.map(({ question }) => question), ...queue].map(pairOf));

  if (status === 'idle' && queue.length <= LOW) setStatus('asking');
  useEffect(() => {
    if (status !== 'asking') return;
    let current = true;
    pairs.questions(known.current).then(
      (more) => {
        if (!current) return;
        // Some may have been answered meanwhile.
        const seen = new Set(known.current.map(String));
        setQueue((now) => [...now, ...more.filter((each) => !seen.has(String(pairOf(each))))]);
        setStatus(more.length > 0 ? 'idle' : 'done');
      },
      (thrown) => {
        if (current && akinError(thrown).code !== 'aborted') setStatus('failed');
      },
    );
    return () => {
      current = false;
    };
  }, [status, pairs, known]);

  /** Moves to the next question. */
  const pass = (question: AlikeQuestion, answer: PairAnswer, entry: Past['entry']) => {
    setPast((all) => [...all, { question, answer, entry }]);
    setQueue((now) => now.filter((each) => each !== question));
  };
  const putBack = useCallback((question: AlikeQuestion) => {
    setPast((all) => all.filter((each) => each.question !== question));
    setQueue((now) => [question, ...now]);
    setStatus((now) => (now === 'done' ? 'idle' : now));
  }, []);

  return {
    /** `null` while it is being looked for, or if there is none. */
    question: queue[0] ?? null,
    /** What comes next, to be loaded. */
    next: queue.slice(1, 3),
    status,
    answered: past.filter(({ answer }) => answer !== 'skip').length,
    skipped: past.filter(({ answer }) => answer === 'skip').length,
    canUndo: past.length > 0,
    answer(answer: PairAnswer) {
      const [question] = queue;
      if (!question) return;
      if (answer === 'skip') return pass(question, answer, Promise.resolve(null));
      const { a, b } = question;
      const entry = attempt(showToast, t('teach.answerFailed'), () =>
        pairs.answer(a, b, answer === 'alike'),
      );
      pass(question, answer, entry);
      void entry.then((saved) => saved === null && putBack(question));
    },
    async undo() {
      const last = past.at(-1);
      if (!last) return;
      putBack(last.question);
      const entry = await last.entry;
      if (entry !== null) {
        await attempt(showToast, t('people.undoFailed'), () => pairs.undo(entry));
      }
    },
    /** Asks again about pairs that were skipped, or after a failure. */
    again() {
      setPast((all) => all.filter(({ answer }) => answer !== 'skip'));
      setStatus('idle');
    },
  };
}
