import type { AkinEvent } from '../../protocol/index.ts';
import type { KeptFaces } from '../../store/index.ts';

/** Broadcasts added and removed faces. Faces of trashed photos follow when these are restored. */
export function broadcastFaces(kept: KeptFaces, broadcast: (event: AkinEvent) => void): void {
  const { removed } = kept;
  const added = kept.inTrash ? [] : kept.added.map(({ id }) => id);
  if (added.length === 0 && removed.length === 0) return;
  broadcast({ type: 'faces', added, removed });
}
