import { useRef, useState } from 'react';
import type { ModelInfo } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { AddIcon, TrashIcon } from '../../parts/icons.tsx';
import { bytes } from '../../pure/format.ts';
import {
  type MoveCost,
  modelDetails,
  modelSentence,
  modelTitle,
  moveCost,
  moveSentences,
  WITHOUT_WORDS,
} from '../../pure/model-words.ts';
import { useUi } from '../../state/ui.ts';
import { akinError } from '../../state/use-load.ts';
import { useModels, useMoveRoute } from '../../state/use-models.ts';
import { useObservable } from '../../state/use-observable.ts';
import './models.css';

/** What photos are seen with, and the choice of another model. */
export default function ModelsSection() {
  const { akin, ask, openPanel, tell } = useUi();
  const { length: photos } = useObservable(akin.gallery);
  const { value: models, error, reload } = useModels();
  const { back } = useMoveRoute();
  const [busy, setBusy] = useState<string | null>(null);
  const fieldset = useRef<HTMLFieldSetElement>(null);
  const chosen = models?.find(({ isChosen }) => isChosen) ?? null;

  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (thrown) {
      tell({ text: what, detail: akinError(thrown).message, urgent: true });
    } finally {
      reload();
    }
  };

  // Nothing is disabled meanwhile: what is disabled loses the focus.
  const choose = async (model: ModelInfo) => {
    if (busy !== null || model.isChosen) return;
    setBusy(model.id);
    await attempt(`“${modelTitle(model)}” can’t be used now`, async () => {
      // How many photos have moved already changes without a word.
      const now = (await akin.models.list()).find(({ id }) => id === model.id) ?? model;
      const cost = moveCost(now, photos);
      if (cost.photos > 0 && !(await ask(question(now, cost, chosen)))) return;
      await akin.models.choose(now.id);
    });
    setBusy(null);
  };

  const remove = async (model: ModelInfo) => {
    const title = modelTitle(model);
    const agreed = await ask({
      title: `Remove “${title}”?`,
      body: `Its files, ${bytes(model.bytes)}, are deleted from this device. Your photos stay as they are. To use it again, add it again.`,
      confirm: 'Remove',
      decline: 'Keep it',
    });
    if (!agreed) return;
    await attempt(`“${title}” couldn’t be removed`, async () => {
      await akin.models.remove(model.id);
      fieldset.current?.querySelector<HTMLElement>('input:checked')?.focus();
      tell({ text: `“${title}” removed` });
    });
  };

  return (
    <>
      <fieldset ref={fieldset} className="choices models" aria-busy={busy !== null}>
        <legend className="visually-hidden">Model</legend>
        <p className="muted">
          How closely Akin looks at your photos to find the ones that are alike.
        </p>
        {error && <p role="alert">{error.message}</p>}
        {models?.map((model) => (
          <ModelChoice
            key={model.id}
            model={model}
            isLeft={back?.id === model.id}
            checked={busy === null ? model.isChosen : busy === model.id}
            onChoose={() => void choose(model)}
            onRemove={() => void remove(model)}
          />
        ))}
      </fieldset>
      <Button look="quiet" className="setting-link" onClick={() => openPanel('add-model')}>
        <AddIcon /> Add your own model…
      </Button>
    </>
  );
}

function question(to: ModelInfo, cost: MoveCost, from: ModelInfo | null) {
  return {
    title: `Switch to “${modelTitle(to)}”?`,
    body: `${moveSentences(cost, from && modelTitle(from))}${to.kind === 'user' ? ` ${WITHOUT_WORDS}` : ''}`,
    confirm: 'Switch',
    decline: 'Not now',
    harmless: true,
  };
}

interface ModelChoiceProps {
  model: ModelInfo;
  /** Photos move away from it, and may come back. */
  isLeft: boolean;
  checked: boolean;
  onChoose: () => void;
  onRemove: () => void;
}

function ModelChoice({ model, isLeft, checked, onChoose, onRemove }: ModelChoiceProps) {
  const title = modelTitle(model);
  return (
    <div className="model" data-testid={`model-${model.id}`}>
      <label className="choice">
        <input type="radio" name="model" checked={checked} onChange={onChoose} />
        <span className="choice-words">
          <span className="choice-title">
            <bdi>{title}</bdi>
          </span>
          <span className="muted">{modelSentence(model)}</span>
          <span className="muted">{modelDetails(model)}</span>
        </span>
        {model.isChosen && (
          <span className="choice-state" data-state="runs">
            in use
          </span>
        )}
      </label>
      {model.kind === 'user' && !model.isChosen && !isLeft && (
        <Button
          look="quiet"
          className="model-remove"
          aria-label={`Remove ${title}`}
          onClick={onRemove}
        >
          <TrashIcon /> Remove
        </Button>
      )}
    </div>
  );
}
