import type { FacesReport } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { FaceSettings } from '../faces/faceSettings.ts';
import type { PeopleService } from './peopleService.ts';

/** @param open opens the library's people; rejects if all face data was erased */
export async function facesReport(
  { faces, meta, photos }: Store,
  open: () => Promise<PeopleService>,
): Promise<FacesReport> {
  const settings = new FaceSettings(meta);
  const [on, space, all] = await Promise.all([settings.isOn(), settings.space(), photos.counts()]);
  const none = { scanned: 0, failed: 0, faces: 0, people: 0, groups: 0, unparsed: 0 };
  if (!space) return { on, photos: all.photos, ...none };
  const [{ scanned, failed }, counts, service] = await Promise.all([
    faces.scanCounts(space.version),
    faces.counts(),
    open().catch(async (thrown: unknown) => {
      // All face data may have been erased since.
      if ((await settings.space()) === null) return null;
      throw thrown;
    }),
  ]);
  if (!service) return { on: await settings.isOn(), photos: all.photos, ...none };
  return {
    on,
    photos: all.photos,
    scanned,
    failed,
    faces: counts.faces,
    ...service.counts(),
    unparsed: service.library.log.unparsed,
  };
}
