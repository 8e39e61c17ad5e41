import type { PhotoInfo } from '../../protocol/index.ts';
import { cleanName, titleOf } from '../pure/format.ts';
import { useUi } from '../state/ui.ts';
import { akinError } from '../state/use-load.ts';
import { IconButton } from './button.tsx';
import { BackIcon, DownloadIcon, TrashIcon } from './icons.tsx';
import { Bar } from './top-bar.tsx';

interface PhotoBarProps {
  info: PhotoInfo | null;
  inGallery: boolean;
  onRemove: () => void;
}

export function PhotoBar({ info, inGallery, onRemove }: PhotoBarProps) {
  const { akin, navigation, tell } = useUi();

  const download = async () => {
    if (!info) return;
    try {
      const url = URL.createObjectURL(await akin.original(info.id));
      const link = document.createElement('a');
      link.href = url;
      link.download = cleanName(info.name);
      link.click();
      // The browser reads the file after the click; a minute is plenty.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (thrown) {
      tell({
        text: 'The photo could not be downloaded',
        detail: akinError(thrown).message,
        urgent: true,
      });
    }
  };

  return (
    <Bar>
      <IconButton label="Back" onClick={() => navigation.back()}>
        <BackIcon />
      </IconButton>
      {info && (
        <h1 className="bar-name one-line" title={cleanName(info.name)}>
          <bdi>{titleOf(info.name)}</bdi>
        </h1>
      )}
      {info && (
        <div className="bar-end">
          <IconButton label="Download the original" onClick={() => void download()}>
            <DownloadIcon />
          </IconButton>
          {inGallery && (
            <IconButton label="Move to the bin" shortcut="Delete" onClick={onRemove}>
              <TrashIcon />
            </IconButton>
          )}
        </div>
      )}
    </Bar>
  );
}
