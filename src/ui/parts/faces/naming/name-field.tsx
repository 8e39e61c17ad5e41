import { type KeyboardEvent, useId, useState } from 'react';
import { nameMatches } from '../../../pure/people/search-names.ts';
import { t } from '../../../text/t.ts';
import '../../menu.css';
import './name-field.css';

/** Suggestions shown at once; typing more narrows them down. */
const OFFERED = 6;
/** Maximum length of a stored name. */
export const LONGEST_NAME = 200;
/** No suggestion is selected. */
const NONE = -1;

interface NameFieldProps {
  label: string;
  value: string;
  maxLength: number;
  /** Shorter than the label, for a narrow field; the label by default. */
  placeholder?: string;
  /** Names to suggest. */
  names: readonly string[];
  onChange: (value: string) => void;
  autoFocus?: boolean | undefined;
  /** Value of `aria-describedby`. */
  describedBy?: string | undefined;
}

/**
 * Name field with suggestions of existing names. A native datalist would miss names whose accents
 * are typed differently.
 */
export function NameField(props: NameFieldProps) {
  const { label, value, names, onChange } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(NONE);
  const offered =
    open && value.trim() !== ''
      ? names.filter((name) => name !== value && nameMatches(name, value)).slice(0, OFFERED)
      : [];
  const shown = offered.length > 0;

  const close = () => {
    setOpen(false);
    setChosen(NONE);
  };
  const take = (name: string) => {
    onChange(name);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setOpen(true);
      // Arrow keys cycle through the field and the suggestions.
      const stops = offered.length + 1;
      setChosen(((chosen + 1 + step + stops) % stops) - 1);
    } else if (shown && event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter' && offered[chosen] !== undefined) {
      event.preventDefault();
      take(offered[chosen]);
    }
  };

  return (
    <div className="name-field">
      <input
        className="field"
        role="combobox"
        aria-label={label}
        aria-describedby={props.describedBy}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-names`}
        aria-activedescendant={offered[chosen] === undefined ? undefined : `${id}-${chosen}`}
        placeholder={props.placeholder ?? label}
        value={value}
        maxLength={props.maxLength}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the user opened it to type
        autoFocus={props.autoFocus}
        onChange={(event) => {
          onChange(event.target.value);
          setOpen(true);
          setChosen(NONE);
        }}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <div
        id={`${id}-names`}
        role="listbox"
        aria-label={t('person.names')}
        className="menu name-menu layer-menu"
        hidden={!shown}
      >
        {offered.map((name, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and handles the keys
          <div
            key={name}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            className="menu-item"
            data-highlighted={i === chosen ? '' : undefined}
            // Keep the focus in the field.
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setChosen(i)}
            onClick={() => take(name)}
          >
            <bdi className="one-line">{name}</bdi>
          </div>
        ))}
      </div>
    </div>
  );
}
