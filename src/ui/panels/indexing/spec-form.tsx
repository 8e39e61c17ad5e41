import { useId } from 'react';
import type { IndexSpec } from '../../../protocol/index.ts';
import {
  countSet,
  MAX_SEED,
  readField,
  type SpecField,
  sizeText,
  specFields,
  writeField,
} from '../../pure/settings/spec-fields.ts';
import { t } from '../../text/t.ts';

interface SpecFormProps {
  spec: IndexSpec;
  photos: number;
  d: number;
  defaults: readonly IndexSpec[];
  onChange: (spec: IndexSpec) => void;
}

/** Parameters of an index type. Unset ones are derived from the library. */
export function SpecForm({ spec, photos, d, defaults, onChange }: SpecFormProps) {
  const fields = specFields(spec, photos, d, defaults);
  const set = countSet(spec);
  const size = sizeText(spec, d, defaults);
  return (
    <details className="index-parameters">
      <summary>
        {t('index.parameters')}{' '}
        <span className="muted">
          {set === 0 ? t('index.parametersAuto') : t('index.parametersSet', { count: set })}
        </span>
      </summary>
      {fields.map((field) => (
        <Field
          key={field.name}
          field={field}
          value={readField(spec, field.name)}
          onChange={(text) => onChange(writeField(spec, field.name, text))}
        />
      ))}
      {size !== '' && <p className="muted index-size">{size}</p>}
    </details>
  );
}

interface FieldProps {
  field: SpecField;
  value: string;
  onChange: (text: string) => void;
}

function Field({ field, value, onChange }: FieldProps) {
  const id = useId();
  const helpId = useId();
  return (
    <div className="index-field">
      <label htmlFor={id}>{field.label}</label>
      {field.options ? (
        <select
          id={id}
          aria-describedby={helpId}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          aria-describedby={helpId}
          type="text"
          inputMode="numeric"
          placeholder="1"
          value={value}
          onChange={(event) => {
            const text = event.target.value.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
            if (Number(text) <= MAX_SEED) onChange(text);
          }}
        />
      )}
      <p id={helpId} className="muted index-help">
        {field.help}
      </p>
    </div>
  );
}
