import type { ReactNode } from 'react';

/** Icons use a 24 × 24 grid and `currentColor`, and are hidden from screen readers. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

/** An icon of strokes. */
export const path = (d: string) => () => (
  <Icon>
    <path d={d} />
  </Icon>
);

export const AddIcon = path('M12 5v14M5 12h14');
export const BackIcon = path('M20 12H5M11 6l-6 6 6 6');
export const NextIcon = path('M9 5l7 7-7 7');
export const PreviousIcon = path('M15 5l-7 7 7 7');
export const CheckIcon = path('M6 12.5l4 4 8-9');
export const CloseIcon = path('M6 6l12 12M18 6L6 18');
export const DownloadIcon = path('M12 4v11M7 11l5 5 5-5M5 20h14');
export const VectorsIcon = path(
  'M5 4.500H3.500v15H5M19 4.500h1.500v15H19M8 8.500h8M8 12h5M8 15.500h8',
);
export const PauseIcon = path('M9 6v12M15 6v12');
export const PlayIcon = path('M8 5.5v13l10.5-6.5z');
export const RestoreIcon = path('M4 10h10a5.5 5.5 0 010 11h-3M8 6l-4 4 4 4');
export const WarningIcon = path('M12 4L2.8 20h18.4zM12 10v4.5M12 17.4v.1');
export const RetryIcon = path('M19 8.5A8 8 0 104.5 15M19 4v4.5h-4.5');
export const FolderIcon = path('M3.5 18.5v-13h6l2 2.5h9v10.5z');
export const PasteIcon = path('M9 5H6v15h12V5h-3M9 3.5h6v4H9z');
export const FilesIcon = path('M4 17.5v-13h16v13zM4 14l4.5-4 4 4 2.5-2 5 4M15 8.6v.1M7 20.5h10');
export const PhotosIcon = path(
  'M3.5 5h17v14h-17zM3.5 16l5-4.5 4.5 4 2.5-2 5 4M14.8 9a1.2 1.2 0 102.4 0 1.2 1.2 0 10-2.4 0',
);
export const SelectIcon = path('M4 12a8 8 0 1016 0 8 8 0 10-16 0M8.5 12.2l2.5 2.5 4.5-5');
export const SelectAllIcon = path('M8 7.5h12v12.500H8zM4 16V3.5h12.5M11 13.5l2.3 2.3 4-4.6');
export const SimilarIcon = path('M3.5 8.5h11v11h-11zM9.5 8.5v-4h11v11h-6M9.5 14.500l5-6');
export const SortIcon = path('M7 5v14M3.5 15.500L7 19l3.5-3.500M13 6.500h8M13 12h6M13 17.500h4');
export const SparkleIcon = path(
  'M12 4c.6 4.6 3.4 7.4 8 8-4.6.6-7.4 3.4-8 8-.6-4.6-3.4-7.4-8-8 4.6-.6 7.4-3.4 8-8z',
);
export const TrashIcon = path('M4.5 7h15M10 7V4.5h4V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5');
export const HelpIcon = path(
  'M3.5 12a8.5 8.5 0 1017 0 8.5 8.5 0 10-17 0M9.6 9.6a2.5 2.5 0 114 2c-1 .8-1.6 1.2-1.6 2.4M12 17v.1',
);
export const KeyboardIcon = path('M3 6.5h18v11H3zM7 10.5h.1M12 10.5h.1M17 10.5h.1M8 14h8');
export const PeopleIcon = path(
  'M5.5 8a3.5 3.5 0 107 0 3.5 3.5 0 10-7 0M2.5 20c0-4 2.8-6 6.5-6s6.5 2 6.5 6M15.5 4.8a3.5 3.5 0 010 6.4M17.5 14.4c2.4.6 4 2.4 4 5.6',
);
export const MapIcon = path(
  'M3.500 6.500l5.500-2.500 6 2.500 5.500-2.500v13.500l-5.500 2.500-6-2.500-5.500 2.500zM9 4v13.500M15 6.500v13.500',
);
export const LabIcon = path(
  'M9.500 3.500h5M10.500 3.500v6L4.500 18.500a1.500 1.500 0 001.300 2.200h12.400a1.500 1.500 0 001.300-2.200L13.500 9.500v-6M7.300 15h9.400',
);
export const FaceIcon = path(
  'M4 8.5V4h4.5M15.5 4H20v4.5M20 15.5V20h-4.5M8.5 20H4v-4.5M9 10v.5M15 10v.5M9 14.5c1.8 1.7 4.2 1.7 6 0',
);
/** A person being searched for: identify faces. */
export const IdentifyIcon = path(
  'M6 7.5a3.5 3.5 0 107 0 3.5 3.5 0 10-7 0M3 19.5c0-3.8 2.5-5.8 6-6M12.8 16.200a3.6 3.6 0 107.2 0 3.6 3.6 0 10-7.2 0M19 18.800l2.5 2.5',
);
/** A part of a photo. */
export const AreaIcon = path(
  'M4 8.500V4h4.500M15.500 4H20v4.500M20 15.500V20h-4.500M8.500 20H4v-4.500M8.300 11a2.700 2.700 0 105.400 0 2.700 2.700 0 10-5.400 0M13 13l2.800 2.800',
);
export const PictureIcon = path(
  'M4 8V4.500h3.500M16.500 4.500H20V8M20 16v3.500h-3.500M7.500 19.500H4V16M7.500 15.500l3-3.500 2.500 2.500 1.500-1.500 2.500 2.500M14.500 9.300v.1',
);
export const CompareIcon = path('M3.500 5h7v14h-7zM13.500 5h7v14h-7z');
export const GroupIcon = path('M4 4.500h7v7H4zM13 4.500h7v7h-7zM4 13.500h7v6H4zM13 13.500h7v6h-7z');
export const FilterIcon = path('M4 6h16l-6.500 7.500v5l-3-1.500v-3.500z');
export const TagIcon = path('M4 4.500h7.500L20 13l-7 7-8.500-8.500zM8 8.300v.1');
export const PaletteIcon = path(
  'M12 3.500a8.500 8.500 0 100 17c1.400 0 2-.9 2-1.900 0-1.300-1-1.700-1-2.800 0-1 .8-1.800 1.800-1.800h2.200c2 0 3.500-1.500 3.500-3.500 0-4-3.800-7-8.500-7M7.500 11.500v.1M10 7.500v.1M14.500 7.500v.1',
);
export const LessIcon = path('M5 12h14');
export const CameraIcon = path(
  'M3.5 8h4l1.5-2.5h6L16.5 8h4v11h-17zM8.5 13a3.5 3.5 0 107 0 3.5 3.5 0 10-7 0',
);
export const EyeIcon = path(
  'M2.5 12C5 8 8 6 12 6s7 2 9.5 6c-2.5 4-5.5 6-9.5 6s-7-2-9.5-6zM9.5 12a2.5 2.5 0 105 0 2.5 2.5 0 10-5 0',
);
export const HideIcon = path(
  'M4 4l16 16M9.5 6.3c6-1.2 9.5 2 12 5.7-.8 1.2-1.7 2.3-2.7 3.2M6.5 7.5c-1.6 1.1-2.9 2.6-4 4.5 3.2 5 8 7.2 13 5',
);
export const MergeIcon = path('M6 4v3.5c0 3 6 3.5 6 7V20M18 4v3.5c0 3-6 3.5-6 7M9 17l3 3 3-3');
export const PencilIcon = path('M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5');
/** Three round dots, each twice as wide as a line. */
export const MoreIcon = () => (
  <Icon>
    <path d="M5.5 12h.01M12 12h.01M18.5 12h.01" strokeWidth="3.6" />
  </Icon>
);
export const LogIcon = path('M4 12a8 8 0 108-8c-3 0-5.5 1.5-7 4M4.5 4v4h4M12 8v4.5l3 2');
export const SearchIcon = path('M4 10.5a6.5 6.5 0 1013 0 6.5 6.5 0 10-13 0M15.5 15.5L20.5 20.5');
export const ZoomInIcon = path(
  'M4 10.5a6.5 6.5 0 1013 0 6.5 6.5 0 10-13 0M15.5 15.5L20.5 20.5M10.5 7.8v5.4M7.8 10.5h5.4',
);
export const ZoomOutIcon = path(
  'M4 10.5a6.5 6.5 0 1013 0 6.5 6.5 0 10-13 0M15.5 15.5L20.5 20.5M7.8 10.5h5.4',
);
export const StarIcon = path(
  'M12 4l2.4 5.1 5.6.7-4.1 3.8 1.1 5.5-5-2.7-5 2.7 1.1-5.5L4 9.8l5.6-.7z',
);
export const SettingsIcon = path(
  'M10 5.7L10.3 3L13.7 3L14 5.7L15.1 6.2L17.2 4.4L19.6 6.8L17.8 8.9L18.3 10L21 10.3L21 13.7L18.3 14L17.8 15.1L19.6 17.2L17.2 19.6L15.1 17.8L14 18.3L13.7 21L10.3 21L10 18.3L8.9 17.8L6.8 19.6L4.4 17.2L6.2 15.1L5.7 14L3 13.7L3 10.3L5.7 10L6.2 8.9L4.4 6.8L6.8 4.4L8.9 6.2zM9.2 12a2.8 2.8 0 105.6 0 2.8 2.8 0 10-5.6 0',
);
// Settings sections.
export const GeneralIcon = path(
  'M8 5h8a3.5 3.5 0 010 7H8a3.5 3.5 0 010-7zM8 8.5v.1M8 14.5h8a3.5 3.5 0 010 7H8a3.5 3.5 0 010-7zM16 18v.1',
);
export const StorageIcon = path(
  'M4.5 6.5c0-4 15-4 15 0s-15 4-15 0v11c0 4 15 4 15 0v-11M4.5 12c0 4 15 4 15 0',
);
export const ToolsIcon = path(
  'M7 7h10v10H7zM10.5 10.5h3v3h-3zM10 7V3.5M14 7V3.5M10 20.5V17M14 20.5V17M7 10H3.5M7 14H3.5M20.5 10H17M20.5 14H17',
);
export const InfoIcon = path('M3.5 12a8.5 8.5 0 1017 0 8.5 8.5 0 10-17 0M12 11v5.5M12 7.7v.1');

/** The logo: two photos with something in common. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id="mark-warm" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#ff9a76" />
          <stop offset="1" stopColor="#f2557a" />
        </linearGradient>
        <linearGradient id="mark-cool" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#6f7bf7" />
          <stop offset="1" stopColor="#3fb3f0" />
        </linearGradient>
      </defs>
      <rect x="22" y="22" width="38" height="38" rx="11" fill="url(#mark-cool)" />
      <rect x="4" y="4" width="38" height="38" rx="11" fill="url(#mark-warm)" />
      <path d="M22 33a11 11 0 0 1 11-11h9v9a11 11 0 0 1-11 11h-9z" fill="#ffe3b0" />
    </svg>
  );
}
