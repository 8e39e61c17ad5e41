import { lazy, Suspense } from 'react';
import type { Panel, Question } from '../state/ui.ts';

const Settings = lazy(() => import('./settings.tsx'));
const Problems = lazy(() => import('./problems.tsx'));
const Shortcuts = lazy(() => import('./shortcuts.tsx'));
const Confirm = lazy(() => import('./confirm.tsx'));

const PANELS = { settings: Settings, problems: Problems, shortcuts: Shortcuts };

interface PanelsProps {
  panel: Panel | null;
  onClose: () => void;
  asked: { question: Question; answer: (agreed: boolean) => void } | null;
}

/** What opens over the page. None of it is loaded before it is asked for. */
export function Panels({ panel, onClose, asked }: PanelsProps) {
  const Shown = panel === null ? null : PANELS[panel];
  // Asked from within a panel, the question is part of it: else the panel would keep it from the
  // keyboard and from screen readers, as it does the rest of the page.
  const question = asked && (
    <Suspense>
      <Confirm question={asked.question} onAnswer={asked.answer} />
    </Suspense>
  );
  return <Suspense>{Shown ? <Shown onClose={onClose}>{question}</Shown> : question}</Suspense>;
}
