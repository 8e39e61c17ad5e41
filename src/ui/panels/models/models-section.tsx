import { useRef, useState } from 'react';
import type { ModelInfo } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { AddIcon, SparkleIcon, TrashIcon } from '../../parts/icons.tsx';
import { bytes } from '../../pure/format.ts';
import {
  type MoveCost,
  modelDetails,
  modelHint,
  modelTitle,
  moveCost,
  moveSentences,
} from '../../pure/settings/model-text.ts';
import { akinError } from '../../state/hooks/use-load.ts';
import { useModels, useMoveRoute } from '../../state/hooks/use-models.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import './models.css';

/** Shows the current model and the choice of another. */
export default function ModelsSection() {
  const { akin, ask, openPanel, showToast } = useUi();
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
      showToast({ text: what, detail: errorText(akinError(thrown)), urgent: true });
    } finally {
      reload();
    }
  };

  // No control is disabled meanwhile: disabling the focused one would lose the focus.
  const choose = async (model: ModelInfo) => {
    if (busy !== null || model.isChosen) return;
    setBusy(model.id);
    await attempt(t('models.switchFailed', { title: modelTitle(model) }), async () => {
      // The number of moved photos changes without an event.
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
      title: t('models.removeTitle', { title }),
      body: t('models.removeBody', { size: bytes(model.bytes) }),
      confirm: t('models.remove'),
      decline: t('common.cancel'),
    });
    if (!agreed) return;
    await attempt(t('models.removeFailed', { title }), async () => {
      await akin.models.remove(model.id);
      fieldset.current?.querySelector<HTMLElement>('input:checked')?.focus();
      showToast({ text: t('models.removed', { title }) });
    });
  };

  return (
    <>
      <fieldset ref={fieldset} className="choices models" aria-busy={busy !== null}>
        <legend className="visually-hidden">{t('models.label')}</legend>
        <p className="muted">{t('models.intro')}</p>
        {error && <p role="alert">{errorText(error)}</p>}
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
      <Button look="quiet" className="setting-link" onClick={() => openPanel('teach')}>
        <SparkleIcon /> {t('teach.open')}
      </Button>
      <Button look="quiet" className="setting-link" onClick={() => openPanel('add-model')}>
        <AddIcon /> {t('models.add')}
      </Button>
    </>
  );
}

function question(to: ModelInfo, cost: MoveCost, from: ModelInfo | null) {
  const move = moveSentences(cost, from && modelTitle(from), 'now');
  return {
    title: t('models.switchTitle', { title: modelTitle(to) }),
    body: to.kind === 'user' ? `${move} ${t('models.ownNoWords')}` : move,
    confirm: t('models.switch'),
    decline: t('common.cancel'),
    harmless: true,
  };
}

interface ModelChoiceProps {
  model: ModelInfo;
  /** The library is moving away from this model; the move may be reversed. */
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
          <span className="muted">{modelHint(model)}</span>
          <span className="muted">{modelDetails(model)}</span>
        </span>
        {model.isChosen && (
          <span className="choice-state" data-state="runs">
            {t('models.inUse')}
          </span>
        )}
      </label>
      {model.kind === 'user' && !model.isChosen && !isLeft && (
        <Button
          look="quiet"
          className="model-remove"
          aria-label={t('models.removeNamed', { title })}
          onClick={onRemove}
        >
          <TrashIcon /> {t('models.remove')}
        </Button>
      )}
    </div>
  );
}
