/** A toast, with at most one action. */
export interface Message {
  readonly text: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Milliseconds until it disappears; 0 to stay. */
  readonly timeout?: number;
  readonly urgent?: boolean;
}

/** Shows a toast; returns a function that closes it. */
export type ShowToast = (message: Message) => () => void;
