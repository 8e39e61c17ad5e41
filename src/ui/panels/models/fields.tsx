import { useId } from 'react';
import '../indexing/indexing.css';

interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
}

interface ChoiceFieldProps<T extends string> {
  label: string;
  help: string;
  value: T;
  options?: readonly Option<T>[];
  groups?: readonly { readonly label: string; readonly options: readonly Option<T>[] }[];
  onChange: (value: T) => void;
}

/** Radio group with a description of each option. */
export function ChoiceField<T extends string>(props: ChoiceFieldProps<T>) {
  const { label, help, value, options = [], groups = [], onChange } = props;
  const id = useId();
  return (
    <div className="index-field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        aria-describedby={`${id}-help`}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
      >
        {options.map(asOption)}
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.options.map(asOption)}
          </optgroup>
        ))}
      </select>
      <p id={`${id}-help`} className="muted index-help">
        {help}
      </p>
    </div>
  );
}

function asOption({ value, label }: Option<string>) {
  return (
    <option key={value} value={value}>
      {label}
    </option>
  );
}

interface NumberFieldProps {
  id: string;
  label: string;
  help: string;
  /** Validation message, where it should be shown. */
  problem: string | null;
  value: string;
  onChange: (text: string) => void;
}

export function NumberField({ id, label, help, problem, value, onChange }: NumberFieldProps) {
  return (
    <div className="index-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-describedby={`${id}-help`}
        aria-invalid={problem !== null}
        type="text"
        inputMode="numeric"
        value={value}
        onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, 5))}
      />
      <p id={`${id}-help`} className={`index-help ${problem ? 'field-problem' : 'muted'}`}>
        {problem ?? help}
      </p>
    </div>
  );
}
