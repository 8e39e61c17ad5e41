import { Autocomplete } from '@base-ui/react/autocomplete';
import { useRef } from 'react';
import { nameMatches } from '../../pure/search-names.ts';
import '../menu.css';
import './name-field.css';

/** Names offered at once; who looks for another one types on. */
const OFFERED = 6;

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
  const place = useRef<HTMLSpanElement>(null);
  return (
    <Autocomplete.Root
      items={props.names}
      filter={nameMatches}
      limit={OFFERED}
      value={props.value}
      onValueChange={props.onChange}
    >
      <Autocomplete.Input
        className="field"
        aria-label={props.label}
        aria-describedby={props.describedBy}
        placeholder={props.label}
        maxLength={props.maxLength}
        autoComplete="off"
        spellCheck={false}
        autoFocus={props.autoFocus}
      />
      {/* Drawn in the landmark or dialog it belongs to. */}
      <span ref={place} className="menu-place" />
      <Autocomplete.Portal container={place}>
        <Autocomplete.Positioner sideOffset={6} className="layer-menu">
          <Autocomplete.Popup className="menu name-menu">
            <Autocomplete.List aria-label="Names">
              {(name: string) => (
                <Autocomplete.Item key={name} value={name} className="menu-item">
                  <bdi className="one-line">{name}</bdi>
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
