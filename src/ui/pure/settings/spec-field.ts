/** A parameter of an index type as a form field. */
export interface SpecField {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  /** Options, with `''` for the default; `null` accepts any integer. */
  readonly options: readonly FieldOption[] | null;
}

export interface FieldOption {
  readonly value: string;
  readonly label: string;
  /** Derived from the library's size. */
  readonly isAutomatic?: true;
}
