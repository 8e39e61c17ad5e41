import { expect, it } from 'vitest';
import { ownScripts } from './trustedScripts.ts';

const isOurs = ownScripts('https://akin.example/app/assets/index-1a2b.js');

it.each([
  '/app/assets/inference.worker-3c4d.js',
  'https://akin.example/app/assets/deep/er.js',
  'inference.worker-3c4d.js',
  '/app/sw.js',
])('accepts %s as a script of the app', (url) => {
  expect(isOurs(url)).toBe(true);
});

it.each([
  'https://evil.example/app/assets/inference.worker.js',
  '//evil.example/app/assets/inference.worker.js',
  'https://akin.example:8443/app/assets/inference.worker.js',
  'http://akin.example/app/assets/inference.worker.js',
  '/app/assets/../models/a.js',
  '/app/assets/..%2fsw.js/../../../other.js',
  '/app/samples/samples.zip',
  '/app/other.js',
  '/app/assets/index.css',
  '/app/assets/a.js?b',
  'data:text/javascript,1',
  'blob:https://akin.example/3f1c',
  'javascript:1',
  'https://akin.example@evil.example/app/assets/a.js',
])('rejects %s', (url) => {
  expect(isOurs(url)).toBe(false);
});
