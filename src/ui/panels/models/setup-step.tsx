import { type FormEvent, useId, useState } from 'react';
import type { ModelChoices, ModelFacts, ModelTap } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { cleanName } from '../../pure/format.ts';
import {
  asksForPooling,
  aspectName,
  poolingName,
  RANGES,
  rangeName,
  sideProblem,
  tapName,
  withChoice,
} from '../../pure/settings/trial-choices.ts';
import { formatText, ignoredText, inputText, outputText } from '../../pure/settings/trial-text.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Figure } from '../figure.tsx';
import { ChoiceField, NumberField } from './fields.tsx';
import { TrialError } from './trial-error.tsx';
import { TrialWork } from './trial-work.tsx';
import type { useTrial } from './use-trial.ts';

/**
 * Shows what Akin detected in the files and how it would run the model; everything can be changed.
 */
export function SetupStep({ trial }: { trial: ReturnType<typeof useTrial> }) {
  const { akin } = useUi();
  const { length: photos } = useObservable(akin.gallery);
  const { facts, choices, error, work } = trial;
  const form = useId();
  const [side, setSide] = useState(String(choices?.side ?? ''));
  const [isChecked, setChecked] = useState(false);
  if (!facts || !choices) return null;
  const problem = facts.input.side === null ? sideProblem(side) : null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (problem !== null) return document.getElementById(`${form}-side`)?.focus();
    void trial.attempt();
  };
  if (work === 'trying' && trial.trial) {
    return <TrialWork trial={trial.trial} title={t('models.testing')} onCancel={trial.cancel} />;
  }
  const change = (next: Partial<ModelChoices>) => trial.choose(withChoice(facts, choices, next));
  const guess = (name: string, value: unknown, guessed: unknown) =>
    value === guessed ? t('models.recommended', { name }) : name;

  return (
    <form className="trial-setup" onSubmit={submit} noValidate>
      <Facts facts={facts} />
      {error && (
        <TrialError title={t('models.testFailed')} error={error}>
          <p className="muted">{t('models.testFailedHint')}</p>
        </TrialError>
      )}
      <h4 className="trial-part">{t('models.options')}</h4>
      <ChoiceField
        label={t('models.layer')}
        help={t('models.layerHelp')}
        value={choices.tap}
        groups={tapGroups(facts)}
        onChange={(tap) => change({ tap })}
      />
      {facts.input.side === null && (
        <NumberField
          id={`${form}-side`}
          label={t('models.side')}
          help={t('models.sideHelp')}
          problem={isChecked ? problem : null}
          value={side}
          onChange={(text) => {
            setSide(text);
            if (sideProblem(text) === null) change({ side: Number(text) });
          }}
        />
      )}
      <ChoiceField
        label={t('models.aspect')}
        help={t('models.aspectHelp')}
        value={choices.aspect}
        options={facts.aspects.map((value) => ({
          value,
          label: guess(aspectName(value), value, facts.guess.aspect),
        }))}
        onChange={(aspect) => change({ aspect })}
      />
      {asksForPooling(facts, choices) && (
        <ChoiceField
          label={t('models.pooling')}
          help={t('models.poolingHelp')}
          value={choices.pooling === 'none' ? 'mean' : choices.pooling}
          options={(['mean', 'central-square'] as const).map((value) => ({
            value,
            label: guess(poolingName(value), value, facts.guess.pooling),
          }))}
          onChange={(pooling) => change({ pooling })}
        />
      )}
      <ChoiceField
        label={t('models.range')}
        help={t('models.rangeHelp')}
        value={choices.range}
        options={RANGES.map((value) => ({
          value,
          label: guess(rangeName(value), value, facts.guess.range),
        }))}
        onChange={(range) => change({ range })}
      />
      <ChoiceField
        label={t('models.channels')}
        help={t('models.channelsHelp')}
        value={choices.channels}
        options={(['rgb', 'bgr'] as const).map((value) => ({
          value,
          label: guess(value.toUpperCase(), value, facts.guess.channels),
        }))}
        onChange={(channels) => change({ channels })}
      />
      <div className="panel-buttons">
        <Button onClick={() => trial.goTo('files')}>{t('models.otherFiles')}</Button>
        <Button look="primary" type="submit">
          {t(photos > 0 ? 'models.testOnPhotos' : 'models.test')}
        </Button>
      </div>
    </form>
  );
}

function tapGroups({ taps, guess, input }: ModelFacts) {
  const option = (tap: ModelTap) => {
    const name = tapName(tap, input.layout);
    const label = tap.name === guess.tap ? t('models.recommended', { name }) : name;
    return { value: tap.name, label };
  };
  return [
    { label: t('models.outputs'), options: taps.filter(({ isOutput }) => isOutput).map(option) },
    {
      label: t('models.hiddenLayers'),
      options: taps.filter(({ isOutput }) => !isOutput).map(option),
    },
  ].filter(({ options }) => options.length > 0);
}

function Facts({ facts }: { facts: ModelFacts }) {
  const ignored = ignoredText(facts.ignored);
  return (
    <dl className="figures trial-facts" data-testid="model-facts">
      <Figure name={t('models.format')} value={formatText(facts)} />
      <Figure name={t('models.input')} value={inputText(facts)} />
      <Figure
        name={t('models.output')}
        value={
          <ul>
            {facts.outputs.map((output) => (
              <li key={output.name}>
                <bdi>{cleanName(output.name)}</bdi>
                <span className="muted">: {outputText(output, facts.input.layout)}</span>
              </li>
            ))}
          </ul>
        }
      />
      {ignored !== '' && (
        <Figure name={t('models.ignored')} value={<span className="muted">{ignored}</span>} />
      )}
    </dl>
  );
}
