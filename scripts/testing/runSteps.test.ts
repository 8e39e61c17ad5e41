import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runSteps, type Step } from './runSteps.ts';

const node = (name: string, script: string, after: readonly string[] = []): Step => ({
  name,
  command: [process.execPath, '-e', script],
  after,
});

async function run(steps: readonly Step[]) {
  let text = '';
  const decoder = new TextDecoder();
  const outcomes = await runSteps(steps, (part) => {
    text += typeof part === 'string' ? part : decoder.decode(part);
  });
  return { outcomes: Object.fromEntries(outcomes), text };
}

/** Exits once the other end of a pair has started: both exit only if run in parallel. */
const meets = (port: string, says: string) => `
  const { createServer, connect } = require('node:net');
  const path = ${JSON.stringify(port)};
  const serve = createServer((other) => { other.end(); serve.close(); console.log('${says}'); });
  serve.on('error', () => connect(path).on('connect', function () { this.end(); console.log('${says}'); }));
  serve.listen(path);
`;

it('runs independent steps in parallel and prints their output one after the other', async () => {
  const name = `akin-steps-${process.pid}`;
  const pipe = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), name);
  const { outcomes, text } = await run([
    node('first', `${meets(pipe, 'one')} console.log('begun')`),
    node('second', meets(pipe, 'two')),
  ]);
  expect(outcomes).toEqual({ first: 'passed', second: 'passed' });
  expect(text).toBe('\n== first\nbegun\none\n\n== second\ntwo\n');
});

it('reports the end of a step before starting one that depends on it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'akin-steps-'));
  const report = join(folder, 'report');
  const told: unknown[] = [];
  await runSteps(
    [
      node('writes', `require('node:fs').writeFileSync(${JSON.stringify(report)}, 'text')`),
      node('removes', `require('node:fs').rmSync(${JSON.stringify(report)})`, ['writes']),
    ],
    () => {},
    ({ name }, ok) => told.push([name, ok, existsSync(report)]),
  );
  expect(told).toEqual([
    ['writes', true, true],
    ['removes', true, false],
  ]);
  rmSync(folder, { recursive: true });
});

it('starts nothing after a failure but lets running steps finish', async () => {
  const { outcomes, text } = await run([
    node('bad', 'console.error("why"); process.exit(3)'),
    node('beside', 'setTimeout(() => console.log("done"), 1000)'),
    node('later', 'console.log("never")', ['bad']),
    node('last', 'console.log("never")', ['beside', 'bad']),
  ]);
  expect(outcomes).toEqual({
    bad: 'failed',
    beside: 'passed',
    later: 'left-out',
    last: 'left-out',
  });
  expect(text).toBe('\n== bad\nwhy\n\n== beside\ndone\n');
});

it('reports a missing program and rejects a dependency on a later step', async () => {
  const { outcomes, text } = await run([{ name: 'none', command: ['no-such-program'] }]);
  expect(outcomes).toEqual({ none: 'failed' });
  expect(text).toContain('ENOENT');
  await expect(run([node('a', '', ['b']), node('b', '')])).rejects.toThrow('“b”');
});
