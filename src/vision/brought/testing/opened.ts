import { expect } from 'vitest';
import type { ModelChoices } from '../../../base/broughtModel.ts';
import { netOf } from '../../nets/loadNet.ts';
import { readNetSpec } from '../../nets/spec.ts';
import { checkAnswers } from '../checkAnswers.ts';
import { type OpenModel, openModel, specFor } from '../openModel.ts';
import { filesOf, type SavedModel } from './tinyModels.ts';

export const code = (name: string, message = /./) =>
  expect.objectContaining({ code: name, message: expect.stringMatching(message) });

export const spec = (opened: OpenModel, choices: Partial<ModelChoices> = {}) =>
  readNetSpec({ id: 'user-1', title: 'Test', ...specFor(opened, { ...opened.guess, ...choices }) });

/** Runs the check pass on a model, with the guessed choices or given ones. */
export const check = (opened: OpenModel, choices: Partial<ModelChoices> = {}) =>
  checkAnswers(netOf(opened.graph, spec(opened, choices), 1));

export const open = (saved: SavedModel) => openModel(filesOf(saved));
