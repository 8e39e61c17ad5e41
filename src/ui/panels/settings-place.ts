/** Id of the heading that Settings are to show when they open next. */
let place: string | null = null;

export function openSettingsAt(headingId: string): void {
  place = headingId;
}

/** The place, once. */
export function takeSettingsPlace(): string | null {
  const taken = place;
  place = null;
  return taken;
}
