import { useEffect, useRef, useState } from 'react';
import type { IndexChoice, IndexKind, IndexReport } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import {
  choiceName,
  KINDS,
  kindHint,
  kindMeasured,
  kindName,
  specDetail,
  specName,
} from '../../pure/settings/index-text.ts';
import { sameChoice } from '../../pure/settings/spec-fields.ts';
import { useKeepFocus } from '../../state/hooks/use-keep-focus.ts';
import { akinError } from '../../state/hooks/use-load.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { measureOf } from '../../state/measurement.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { SpecForm } from './spec-form.tsx';

interface KindChoiceProps {
  report: IndexReport;
  photos: number;
  d: number;
  onChange: () => void;
}

/** Chooses an index type and its parameters, and applies them. */
export function KindChoice({ report, photos, d, onChange }: KindChoiceProps) {
  const { akin, showToast } = useUi();
  const { rows } = useObservable(measureOf(akin).now);
  const [draft, setDraft] = useState<IndexChoice | null>(null);
  const [busy, setBusy] = useState(false);
  const fieldset = useRef<HTMLFieldSetElement>(null);
  const shown = draft ?? report.choice;
  const changed = draft !== null && !sameChoice(draft, report.choice);

  // Keep the applied choice selected until the report confirms it.
  useEffect(() => {
    if (draft !== null && sameChoice(draft, report.choice)) setDraft(null);
  }, [draft, report.choice]);

  const look = (kind: IndexChoice['kind']) => {
    // Reselecting the current type restores its current parameters.
    setDraft(kind === report.choice.kind ? null : ({ kind } as IndexChoice));
  };

  // No control is disabled meanwhile: disabling the focused one would lose the focus.
  const use = async () => {
    if (draft === null || busy) return;
    setBusy(true);
    try {
      await akin.chooseIndex(draft);
      onChange();
    } catch (thrown) {
      const detail = errorText(akinError(thrown));
      showToast({ text: t('index.useFailed'), detail, urgent: true });
    } finally {
      setBusy(false);
    }
  };

  const inset = (changed || shown.kind !== 'automatic') && (
    <div className="index-box index-inset">
      {shown.kind !== 'automatic' && (
        <SpecForm
          spec={shown}
          photos={photos}
          d={d}
          defaults={report.defaults}
          onChange={setDraft}
        />
      )}
      {changed && (
        <Apply
          name={choiceName(shown)}
          rest={() => fieldset.current?.querySelector<HTMLElement>('input:checked')}
          onUse={() => void use()}
          onLeave={() => setDraft(null)}
        />
      )}
    </div>
  );

  const { automatic } = report;
  const planned = [specName(automatic), specDetail(automatic)].filter(Boolean).join(', ');
  return (
    <fieldset ref={fieldset} className="choices index-kinds" aria-busy={busy}>
      <legend className="index-legend">{t('index.kind')}</legend>
      <KindOption
        kind="automatic"
        title={t('index.automatic')}
        detail={t('index.automaticHint', { planned })}
        measured={null}
        chosen={report.choice.kind === 'automatic'}
        checked={shown.kind === 'automatic'}
        possible
        onLook={look}
      />
      {shown.kind === 'automatic' && inset}
      {KINDS.map((kind) => (
        <div key={kind}>
          <KindOption
            kind={kind}
            title={kindName(kind)}
            detail={kindHint(kind)}
            measured={kindMeasured(kind, rows)}
            chosen={report.choice.kind === kind}
            checked={shown.kind === kind}
            possible={isPossible(kind, report)}
            onLook={look}
          />
          {shown.kind === kind && inset}
        </div>
      ))}
    </fieldset>
  );
}

/** The chosen type stays selectable even after most photos were deleted. */
function isPossible(kind: IndexKind, { choice, defaults }: IndexReport): boolean {
  return choice.kind === kind || defaults.some((spec) => spec.kind === kind);
}

interface KindOptionProps {
  kind: IndexChoice['kind'];
  title: string;
  detail: string;
  /** Measured results on the user's photos, if any. */
  measured: string | null;
  /** The type chosen for the library. */
  chosen: boolean;
  /** The type selected in this form. */
  checked: boolean;
  possible: boolean;
  onLook: (kind: IndexChoice['kind']) => void;
}

function KindOption(props: KindOptionProps) {
  const { kind, title, detail, measured, chosen, checked, possible, onLook } = props;
  return (
    <label className="choice" data-testid={`index-${kind}`} data-off={!possible || undefined}>
      <input
        className="index-radio"
        type="radio"
        name="index-kind"
        value={kind}
        checked={checked}
        disabled={!possible}
        onChange={() => onLook(kind)}
      />
      <span className="choice-words">
        <span className="choice-title">{title}</span>
        <span className="muted index-sentence">{detail}</span>
        {measured !== null && <span className="index-sentence">{measured}</span>}
      </span>
      {chosen && (
        <span className="choice-state" data-state="runs">
          {t('index.chosen')}
        </span>
      )}
      {!possible && <span className="choice-state">{t('index.needsMore')}</span>}
    </label>
  );
}

interface ApplyProps {
  name: string;
  rest: () => HTMLElement | null | undefined;
  onUse: () => void;
  onLeave: () => void;
}

function Apply({ name, rest, onUse, onLeave }: ApplyProps) {
  const box = useRef<HTMLDivElement>(null);
  useKeepFocus(box, rest);
  return (
    <div className="setting-buttons" ref={box}>
      <Button look="primary" onClick={onUse}>
        {t('index.use', { name })}
      </Button>
      <Button look="quiet" onClick={onLeave}>
        {t('common.cancel')}
      </Button>
    </div>
  );
}
