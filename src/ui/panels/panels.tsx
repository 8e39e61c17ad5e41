import { Suspense } from 'react';
import { chunks } from '../chunks.ts';
import { lazyPart } from '../parts/lazy-part.ts';
import type { Panel, Question } from '../state/ui.ts';

const Settings = lazyPart(chunks.settings);
const Problems = lazyPart(chunks.problems);
const Shortcuts = lazyPart(chunks.shortcuts);
const PeopleLog = lazyPart(chunks.peopleLog);
const ItemLog = lazyPart(chunks.itemLog);
const AddModel = lazyPart(chunks.addModel);
const Teach = lazyPart(chunks.teach);
const ExportVectors = lazyPart(chunks.exportVectors);
const Confirm = lazyPart(chunks.confirm);

const PANELS = {
  settings: Settings,
  problems: Problems,
  shortcuts: Shortcuts,
  'people-log': PeopleLog,
  'item-log': ItemLog,
  'add-model': AddModel,
  teach: Teach,
  'export-vectors': ExportVectors,
};

interface PanelsProps {
  panel: Panel | null;
  onClose: () => void;
  asked: { question: Question; answer: (agreed: boolean) => void } | null;
}

/** The open panel and question. All are lazy, so the first render waits for none of them. */
export function Panels({ panel, onClose, asked }: PanelsProps) {
  const Shown = panel === null ? null : PANELS[panel];
  // Render the question inside the open panel; otherwise that modal panel would make it inert, like
  // the rest of the page.
  const question = asked && (
    <Suspense>
      <Confirm question={asked.question} onAnswer={asked.answer} />
    </Suspense>
  );
  return <Suspense>{Shown ? <Shown onClose={onClose}>{question}</Shown> : question}</Suspense>;
}
