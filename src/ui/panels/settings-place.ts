export const SETTINGS_SECTIONS = ['general', 'people', 'storage', 'advanced', 'about'] as const;

export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

interface SettingsPlace {
  readonly section: SettingsSection;
  /** Id of what gets the focus; the section's tab where it is `null`. */
  readonly focusId: string | null;
}

const DEFAULT: SettingsPlace = { section: 'general', focusId: null };

let place = DEFAULT;

/** Settings open at this section next time, and at an element of it where its id is given. */
export function openSettingsAt(section: SettingsSection, focusId: string | null = null): void {
  place = { section, focusId };
}

/** The place, once; General after that. */
export function takeSettingsPlace(): SettingsPlace {
  const taken = place;
  place = DEFAULT;
  return taken;
}
