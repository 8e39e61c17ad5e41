import {
  type DragEvent,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { GroupBy, PhotoId } from '../../../protocol/index.ts';
import type { PageTerm } from '../../pure/query/terms.ts';
import { PICTURES } from '../../state/files.ts';
import { useLatest } from '../../state/hooks/use-latest.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { type DropTaker, useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { CameraView, takesPicturesHere } from '../camera/camera-view.tsx';
import { PictureInputs } from '../camera/picture-inputs.tsx';
import { CameraIcon, FilesIcon, PictureIcon } from '../icons.tsx';
import { ActionMenu, type MenuEntry } from '../menu.tsx';
import { PaletteMenu } from './colors/palette-menu.tsx';
import { QueryField } from './query-field.tsx';

interface QueryBarProps {
  input: RefObject<HTMLInputElement | null>;
  onTerm: (term: PageTerm) => void;
  onBackspace?: () => void;
  /** Searches with the terms of an earlier search instead of these. */
  onTerms: (terms: readonly PageTerm[], groupBy?: GroupBy) => void;
  /** Whether there is no term yet. */
  isNew?: boolean;
  /** The open photo, whose colors can be searched for. */
  photo?: PhotoId;
  /** The colors picked so far; without these two, a pick makes a new term. */
  colors?: readonly string[];
  onColors?: (colors: readonly string[]) => void;
}

const NO_COLORS: readonly string[] = [];

/** The query bar: type a term, or search with a picture, which is not stored. */
export function QueryBar({
  input,
  onTerm,
  onBackspace,
  onTerms,
  isNew = true,
  photo,
  colors = NO_COLORS,
  onColors = (picked) => onTerm({ kind: 'color', colors: picked, mark: 'more' }),
}: QueryBarProps) {
  const { dragging, dropTaker, queryActions } = useUi();
  const dragged = useObservable(dragging);
  const [over, setOver] = useState(false);
  const isTarget = dragged || over;
  const [filming, setFilming] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const colorChooser = useRef<HTMLInputElement>(null);

  // Parents render with every progress event; the drop taker must stay the same.
  const latest = useLatest(onTerm);
  const latestColors = useLatest(onColors);
  const onPicture = useCallback(
    (picture: Blob) => {
      setFilming(false);
      latest.current({ kind: 'picture', picture, mark: 'more' });
    },
    [latest],
  );
  const takeColors = async (of: PhotoId | Blob) => {
    const found = await queryActions.colorsOf(of);
    if (found.length > 0) latestColors.current(found);
  };
  // Files dropped on the bar are searched with; anywhere else, they are imported.
  const taker = useMemo<DropTaker>(
    () => ({
      over: (is) => {
        if (!is) setOver(false);
      },
      take: ([file]) => file && onPicture(file),
    }),
    [onPicture],
  );
  const release = useCallback(() => {
    if (dropTaker.get() === taker) dropTaker.set(null);
  }, [dropTaker, taker]);
  useEffect(() => release, [release]);
  const leave = () => {
    setOver(false);
    release();
  };
  // Set right here, not in an effect: the drop may be the next event.
  const hover = ({ dataTransfer }: DragEvent) => {
    if (!dataTransfer.types.includes('Files')) return;
    setOver(true);
    dropTaker.set(taker);
  };
  const drop = {
    onDragEnter: hover,
    onDragOver: hover,
    onDragLeave: ({ currentTarget, relatedTarget }: DragEvent) => {
      if (!currentTarget.contains(relatedTarget as Node | null)) leave();
    },
  };
  const entries: MenuEntry[] = [
    {
      label: t('query.choosePicture'),
      icon: <FilesIcon />,
      run: () => chooser.current?.click(),
    },
    {
      label: t('query.takePicture'),
      icon: <CameraIcon />,
      run: () => (takesPicturesHere() ? setFilming(true) : camera.current?.click()),
    },
  ];

  return (
    <div
      className="query-bar"
      data-dragged={dragged || undefined}
      data-over={over || undefined}
      {...drop}
      data-testid="query-bar"
    >
      {isTarget && (
        <p className="query-drop">
          {t('query.dropHere')}
          <small>{t('query.notSaved')}</small>
        </p>
      )}
      {/* Hidden, not removed: what is typed stays. */}
      <div className="query-inner" hidden={isTarget}>
        <QueryField
          input={input}
          onTerm={onTerm}
          onPicture={onPicture}
          onTerms={onTerms}
          isNew={isNew}
          {...(onBackspace && { onBackspace })}
        />
        <PaletteMenu
          colors={colors}
          onColors={onColors}
          onPicture={() => colorChooser.current?.click()}
          {...(photo !== undefined && { onPhoto: () => void takeColors(photo) })}
        />
        <ActionMenu
          trigger={
            <IconButton label={t('query.withPicture')}>
              <PictureIcon />
            </IconButton>
          }
          entries={entries}
        />
      </div>
      <PictureInputs
        chooser={chooser}
        camera={camera}
        labels={{ choose: t('query.choosePicture'), take: t('query.takePicture') }}
        testId="query-input"
        onPicture={onPicture}
      />
      <input
        ref={colorChooser}
        hidden
        type="file"
        accept={PICTURES}
        aria-label={t('query.colorsFromPicture')}
        data-testid="colors-input"
        onChange={({ target }) => {
          const [picture] = target.files ?? [];
          target.value = '';
          if (picture) void takeColors(picture);
        }}
      />
      {filming && (
        <div className="query-camera">
          <CameraView onPicture={onPicture} onClose={() => setFilming(false)} />
        </div>
      )}
    </div>
  );
}
