import { type KeyboardEvent, useId, useState } from 'react';
import { nameMatches } from '../../pure/people/search-names.ts';
import { t } from '../../text/t.ts';
import '../menu.css';
import './name-field.css';

/** Names offered at once; who looks for another one types on. */
const OFFERED = 6;
/** The longest name that is kept. */
export const LONGEST_NAME = 200;
/** No name is chosen among those offered. */
const NONE = -1;

interface NameFieldProps {
  label: string;
  value: string;
  maxLength: number;
  /** Names to be offered while one types. */
  names: readonly string[];
  onChange: (value: string) => void;
  autoFocus?: boolean | undefined;
  /** The id of the element that describes it. */
  describedBy?: string | undefined;
}

/**
 * A field for a name that offers those there are. The browser's own list would offer none where an
 * accent was typed otherwise.
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
      // From the field to the first or the last, and from those back to it.
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
        placeholder={label}
        value={value}
        maxLength={props.maxLength}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: opened by the person, to type in
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
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and its keys
          <div
            key={name}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            className="menu-item"
            data-highlighted={i === chosen ? '' : undefined}
            // The field keeps the focus.
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
