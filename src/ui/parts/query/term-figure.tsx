import type { ReactNode } from 'react';
import { colorsLabel } from '../../pure/query/colors.ts';
import type { PageTerm } from '../../pure/query/terms.ts';
import { usePictureUrl } from '../../state/hooks/use-picture-url.ts';
import { useThumb } from '../../state/hooks/use-thumb.ts';
import { t } from '../../text/t.ts';
import { FaceCrop } from '../faces/face-crop.tsx';
import { FilterIcon, PeopleIcon, PictureIcon, TagIcon } from '../icons.tsx';
import { ColorDot } from './colors/color-dot.tsx';
import { RegionFigure } from './region-figure.tsx';
import './term-figure.css';

export function termLabel(term: PageTerm): string {
  switch (term.kind) {
    case 'photo':
      return t('query.photo');
    case 'region':
      return t('query.region');
    case 'picture':
      return t('query.picture');
    case 'word':
      return term.text;
    case 'color':
      return colorsLabel(term.colors);
    case 'person':
      return term.name;
    case 'item':
      return term.title;
    case 'filter':
      return term.label;
  }
}

/** The terms of a query as a line of text. */
export function termsLabel(terms: readonly PageTerm[]): string {
  return terms
    .filter(({ mark }) => mark !== 'off')
    .map((term) => (term.mark === 'less' ? `−${termLabel(term)}` : termLabel(term)))
    .join(', ');
}

/** What stands for a term: its picture, a face, colors, or an icon. */
export function TermFigure({ term }: { term: PageTerm }): ReactNode {
  switch (term.kind) {
    case 'photo':
      return <PhotoFigure id={term.id} />;
    case 'region':
      return <RegionFigure id={term.id} box={term.box} />;
    case 'picture':
      return <PictureFigure picture={term.picture} />;
    case 'word':
      return <TagIcon />;
    case 'color':
      return <ColorDot colors={term.colors} />;
    case 'person':
      return term.cover === undefined ? (
        <PeopleIcon />
      ) : (
        <FaceCrop face={term.cover} size={26} round />
      );
    case 'item':
      return term.cover === undefined ? <TagIcon /> : <PhotoFigure id={term.cover} />;
    case 'filter':
      return <FilterIcon />;
  }
}

function PhotoFigure({ id }: { id: number }) {
  const thumb = useThumb(id);
  return thumb ? <img src={thumb.src} alt="" draggable={false} /> : <PictureIcon />;
}

function PictureFigure({ picture }: { picture: Blob | null }) {
  const url = usePictureUrl(picture);
  return url === null ? <PictureIcon /> : <img src={url} alt="" draggable={false} />;
}
