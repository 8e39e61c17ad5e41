import type { ReactNode } from 'react';
import type { PhotoInfo } from '../../../protocol/index.ts';
import { photoTitle } from '../../pure/format.ts';
import { akinError } from '../../state/hooks/use-load.ts';
import { savePhoto } from '../../state/save-file.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { BackIcon, DownloadIcon, SimilarIcon, TrashIcon } from '../icons.tsx';
import { Bar } from '../shell/top-bar.tsx';

interface PhotoBarProps {
  info: PhotoInfo | null;
  inGallery: boolean;
  onRemove: () => void;
  /** The query bar; absent for a photo that isn't there. */
  search?: ReactNode;
  /** Additional actions. */
  children?: ReactNode;
}

export function PhotoBar({ info, inGallery, onRemove, search, children }: PhotoBarProps) {
  const { akin, navigation, queries, showToast } = useUi();

  const download = async () => {
    if (!info) return;
    try {
      await savePhoto(await akin.original(info.id), info.name);
    } catch (thrown) {
      showToast({
        text: t('viewer.downloadFailed'),
        detail: errorText(akinError(thrown)),
        urgent: true,
      });
    }
  };

  return (
    <Bar>
      <IconButton label={t('common.back')} onClick={() => navigation.back()}>
        <BackIcon />
      </IconButton>
      {search}
      {info && <h1 className="bar-name photo-date">{photoTitle(info)}</h1>}
      {info && (
        <div className="bar-end">
          {children}
          {inGallery && (
            <IconButton
              label={t('query.withPhoto')}
              onClick={() => {
                const query = queries.keep([{ kind: 'photo', id: info.id, mark: 'more' }]);
                navigation.push({ view: 'search', query });
              }}
            >
              <SimilarIcon />
            </IconButton>
          )}
          <IconButton label={t('viewer.download')} onClick={() => void download()}>
            <DownloadIcon />
          </IconButton>
          {inGallery && (
            <IconButton label={t('trash.move')} shortcut="Delete" onClick={onRemove}>
              <TrashIcon />
            </IconButton>
          )}
        </div>
      )}
    </Bar>
  );
}
