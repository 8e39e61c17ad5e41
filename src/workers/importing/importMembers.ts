const LOCK = 'akin-import-member-';

/** The live tabs' workers and the locks they hold, as reported by the browser. */
export interface Roll {
  isAlive(member: string): boolean;
  isHeld(lock: string): boolean;
}

/** Registers a worker for its lifetime. Returns its name. */
export function enroll(member: string = crypto.randomUUID()): string {
  void navigator.locks.request(LOCK + member, () => new Promise<never>(() => {}));
  return member;
}

export async function callRoll(): Promise<Roll> {
  const { held = [] } = await navigator.locks.query();
  const names = new Set(held.map(({ name }) => name));
  return {
    isAlive: (member) => names.has(LOCK + member),
    isHeld: (lock) => names.has(lock),
  };
}
