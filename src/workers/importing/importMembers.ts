const LOCK = 'akin-import-member-';

/** Which tabs' workers are there, and what they hold, as the browser knows it. */
export interface Roll {
  isAlive(member: string): boolean;
  isHeld(lock: string): boolean;
}

/** Enters a worker in the roll, for as long as it lives. Returns the name it goes by. */
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
