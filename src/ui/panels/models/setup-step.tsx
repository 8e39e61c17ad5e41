import { type FormEvent, useId, useState } from 'react';
import type { ModelChoices, ModelFacts, ModelTap } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { cleanName } from '../../pure/format.ts';
import {
  ASPECT_NAMES,
  asksForPooling,
  POOLING_NAMES,
  RANGE_NAMES,
  RANGES,
  sideProblem,
  tapWords,
  withChoice,
} from '../../pure/trial-choices.ts';
import { formatWords, ignoredWords, inputWords, outputWords } from '../../pure/trial-words.ts';
import { useUi } from '../../state/ui.ts';
import { useObservable } from '../../state/use-observable.ts';
import { Figure } from '../figure.tsx';
import { ChoiceField, NumberField } from './fields.tsx';
import { TrialError } from './trial-error.tsx';
import { TrialWork } from './trial-work.tsx';
import type { useTrial } from './use-trial.ts';

/** What Akin found in the files, and how it would use the model: all of it can be changed. */
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
    return <TrialWork trial={trial.trial} title="Trying the model" onCancel={trial.cancel} />;
  }
  const change = (next: Partial<ModelChoices>) => trial.choose(withChoice(facts, choices, next));
  const guess = (name: string, value: unknown, guessed: unknown) =>
    value === guessed ? `${name} (recommended)` : name;

  return (
    <form className="trial-setup" onSubmit={submit} noValidate>
      <Facts facts={facts} />
      {error && (
        <TrialError title="The model didn’t pass the test" error={error}>
          <p className="muted">Your choices are kept. Change them here and try again.</p>
        </TrialError>
      )}
      <h4 className="trial-part">Your choices</h4>
      <ChoiceField
        label="Read vectors from"
        help="The last layers know what a picture shows; earlier ones see shapes, colors, and texture."
        value={choices.tap}
        groups={tapGroups(facts)}
        onChange={(tap) => change({ tap })}
      />
      {facts.input.side === null && (
        <NumberField
          id={`${form}-side`}
          label="Picture size"
          help="Pixels of the short side. Larger pictures show more, and take longer."
          problem={isChecked ? problem : null}
          value={side}
          onChange={(text) => {
            setSide(text);
            if (sideProblem(text) === null) change({ side: Number(text) });
          }}
        />
      )}
      <ChoiceField
        label="Part of the picture"
        help="What the model sees of each photo."
        value={choices.aspect}
        options={facts.aspects.map((value) => ({
          value,
          label: guess(ASPECT_NAMES[value], value, facts.guess.aspect),
        }))}
        onChange={(aspect) => change({ aspect })}
      />
      {asksForPooling(facts, choices) && (
        <ChoiceField
          label="Average over"
          help="The part of the map that makes up the vector."
          value={choices.pooling === 'none' ? 'mean' : choices.pooling}
          options={(['mean', 'central-square'] as const).map((value) => ({
            value,
            label: guess(POOLING_NAMES[value], value, facts.guess.pooling),
          }))}
          onChange={(pooling) => change({ pooling })}
        />
      )}
      <ChoiceField
        label="Pixel values"
        help="What the model was trained with. With wrong values it still answers, but worse."
        value={choices.range}
        options={RANGES.map((value) => ({
          value,
          label: guess(RANGE_NAMES[value], value, facts.guess.range),
        }))}
        onChange={(range) => change({ range })}
      />
      <ChoiceField
        label="Color order"
        help="RGB for nearly all models."
        value={choices.channels}
        options={(['rgb', 'bgr'] as const).map((value) => ({
          value,
          label: guess(value.toUpperCase(), value, facts.guess.channels),
        }))}
        onChange={(channels) => change({ channels })}
      />
      <div className="panel-buttons">
        <Button onClick={() => trial.goTo('files')}>Other files…</Button>
        <Button look="primary" type="submit">
          {photos > 0 ? 'Try it on your photos' : 'Try it'}
        </Button>
      </div>
    </form>
  );
}

function tapGroups({ taps, guess, input }: ModelFacts) {
  const option = (tap: ModelTap) => ({
    value: tap.name,
    label: `${tapWords(tap, input.layout)}${tap.name === guess.tap ? ' (recommended)' : ''}`,
  });
  return [
    { label: 'Outputs', options: taps.filter(({ isOutput }) => isOutput).map(option) },
    { label: 'Inner layers', options: taps.filter(({ isOutput }) => !isOutput).map(option) },
  ].filter(({ options }) => options.length > 0);
}

function Facts({ facts }: { facts: ModelFacts }) {
  const ignored = ignoredWords(facts.ignored);
  return (
    <dl className="figures trial-facts" data-testid="model-facts">
      <Figure name="Found" value={formatWords(facts)} />
      <Figure name="Takes" value={inputWords(facts)} />
      <Figure
        name="Answers"
        value={
          <ul>
            {facts.outputs.map((output) => (
              <li key={output.name}>
                <bdi>{cleanName(output.name)}</bdi>
                <span className="muted">: {outputWords(output, facts.input.layout)}</span>
              </li>
            ))}
          </ul>
        }
      />
      {ignored !== '' && (
        <Figure name="Left out" value={<span className="muted">{ignored}: not part of it</span>} />
      )}
    </dl>
  );
}
