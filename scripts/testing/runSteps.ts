import { spawn } from 'node:child_process';

/** A command that must succeed, and what has to have succeeded before it can run. */
export interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Names of steps that stand before it. */
  readonly after?: readonly string[];
}

/** How a step ended; one that was not run, because one before it failed, is `left-out`. */
export type Outcome = 'passed' | 'failed' | 'left-out';

/**
 * Runs steps side by side, each as soon as those it needs are done. After a failure none is begun any
 * more: it would only fail for the same reason. Output comes in the order of the steps, of one step at
 * a time: that of the first one that has not ended as it comes, that of others when it is their turn.
 *
 * @param print takes the output
 * @param onEnd is called when a step that was run has ended, before any that needs it begins
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

/** Holds the output of one step back until it is its turn. */
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
  turn.write(new Uint8Array()); /* so that a step that says nothing has its heading, too */
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
