import { spawn } from 'node:child_process';

/** A command that must succeed, with its prerequisites. */
export interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Names of earlier steps. */
  readonly after?: readonly string[];
}

/** Result of a step; `left-out` if it was skipped because an earlier one failed. */
export type Outcome = 'passed' | 'failed' | 'left-out';

/**
 * Runs steps in parallel, each as soon as its prerequisites are done. After a failure no more are
 * started. Output is in step order, one step at a time: the first unfinished step streams, the
 * others are buffered until their turn.
 *
 * @param print takes the output
 * @param onEnd called when a step has ended, before its dependents start
 */
export async function runSteps<S extends Step>(
  steps: readonly S[],
  print: (text: string | Uint8Array) => void,
  onEnd: (step: S, ok: boolean) => void = () => {},
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Promise<Outcome>>();
  const turns: Turn[] = [];
  let hasFailed = false;
  for (const step of steps) {
    const turn = new Turn(step.name, print);
    turns.push(turn);
    const needs = (step.after ?? []).map((name) => {
      const need = outcomes.get(name);
      if (!need) throw new Error(`“${step.name}” needs “${name}”, which does not stand before it.`);
      return need;
    });
    const run = async (): Promise<Outcome> => {
      await Promise.all(needs);
      if (hasFailed) return 'left-out';
      const ok = await succeeds(step.command, turn);
      hasFailed ||= !ok;
      onEnd(step, ok);
      return ok ? 'passed' : 'failed';
    };
    outcomes.set(step.name, run());
  }
  const ended = new Map<string, Outcome>();
  for (const [i, { name }] of steps.entries()) {
    turns[i]!.begin();
    ended.set(name, await outcomes.get(name)!);
  }
  return ended;
}

/** Buffers a step's output until its turn. */
class Turn {
  readonly #name: string;
  readonly #print: (text: string | Uint8Array) => void;
  readonly #held: Uint8Array[] = [];
  #isNow = false;
  #hasHeading = false;

  constructor(name: string, print: (text: string | Uint8Array) => void) {
    this.#name = name;
    this.#print = print;
  }

  begin(): void {
    this.#isNow = true;
    for (const text of this.#held) this.#put(text);
  }

  write(text: Uint8Array): void {
    if (this.#isNow) this.#put(text);
    else this.#held.push(text);
  }

  #put(text: Uint8Array): void {
    if (!this.#hasHeading) this.#print(`\n== ${this.#name}\n`);
    this.#hasHeading = true;
    this.#print(text);
  }
}

function succeeds([program, ...args]: readonly string[], turn: Turn): Promise<boolean> {
  turn.write(new Uint8Array()); /* so that a silent step has its heading, too */
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const child = spawn(program!, args, {
    stdio: ['inherit', 'pipe', 'pipe'],
    env: { ...process.env, ...color },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Uint8Array) => turn.write(text));
  }
  return new Promise((resolve) => {
    child.on('error', (error) => {
      turn.write(new TextEncoder().encode(`${error}\n`));
      resolve(false);
    });
    child.on('close', (status) => resolve(status === 0));
  });
}
