import { expect, it } from 'vitest';
import { openSettingsAt, takeSettingsPlace } from './settings-place.ts';

it('opens settings at the requested place once, then at General', () => {
  expect(takeSettingsPlace()).toEqual({ section: 'general', focusId: null });
  openSettingsAt('advanced', 'models-heading');
  expect(takeSettingsPlace()).toEqual({ section: 'advanced', focusId: 'models-heading' });
  expect(takeSettingsPlace()).toEqual({ section: 'general', focusId: null });
  openSettingsAt('storage');
  expect(takeSettingsPlace()).toEqual({ section: 'storage', focusId: null });
});
