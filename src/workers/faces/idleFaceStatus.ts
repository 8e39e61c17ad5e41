import type { FaceWork } from '../../protocol/index.ts';
import type { Faces } from '../../store/index.ts';
import type { FaceSettings } from './faceSettings.ts';

/**
 * The state of face work when no tab is doing any: stopped by the user with photos left, or idle.
 */
export async function idleFaceStatus(
  settings: FaceSettings,
  faces: Pick<Faces, 'scanCounts'>,
): Promise<FaceWork> {
  const [on, stopped, space] = await Promise.all([
    settings.isOn(),
    settings.isStopped(),
    settings.space(),
  ]);
  if (!on || !stopped || !space) return { state: 'idle' };
  const { photos, scanned } = await faces.scanCounts(space.version);
  return photos > scanned ? { state: 'stopped', left: photos - scanned } : { state: 'idle' };
}
