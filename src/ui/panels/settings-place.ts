export const SETTINGS_SECTIONS = ['general', 'people', 'storage', 'advanced', 'about'] as const;

export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

interface SettingsPlace {
  readonly section: SettingsSection;
  /** Id of the element to focus; `null` for the section's tab. */
  readonly focusId: string | null;
}

const DEFAULT: SettingsPlace = { section: 'general', focusId: null };

let place = DEFAULT;

/** Makes Settings open next time at this section, and at the element with this id if given. */
export function openSettingsAt(section: SettingsSection, focusId: string | null = null): void {
  place = { section, focusId };
}

/** Returns the place once; General after that. */
export function takeSettingsPlace(): SettingsPlace {
  const taken = place;
  place = DEFAULT;
  return taken;
}
