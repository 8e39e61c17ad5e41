import { expect, it } from 'vitest';
import { openSettingsAt, takeSettingsPlace } from './settings-place.ts';

it('leads to a place once, and to General after that', () => {
  expect(takeSettingsPlace()).toEqual({ section: 'general', focusId: null });
  openSettingsAt('advanced', 'models-heading');
  expect(takeSettingsPlace()).toEqual({ section: 'advanced', focusId: 'models-heading' });
  expect(takeSettingsPlace()).toEqual({ section: 'general', focusId: null });
  openSettingsAt('storage');
  expect(takeSettingsPlace()).toEqual({ section: 'storage', focusId: null });
});
