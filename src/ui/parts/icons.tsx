import type { ReactNode } from 'react';

/** Icons are drawn on a 24 × 24 grid in the colour of the text around them, and say nothing. */
function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

const path = (d: string) => () => (
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
export const PauseIcon = path('M9 6v12M15 6v12');
export const PlayIcon = path('M8 5.5v13l10.5-6.5z');
export const RestoreIcon = path('M4 10h10a5.5 5.5 0 010 11h-3M8 6l-4 4 4 4');
export const WarningIcon = path('M12 4L2.8 20h18.4zM12 10v4.5M12 17.4v.1');
export const RetryIcon = path('M19 8.5A8 8 0 104.5 15M19 4v4.5h-4.5');
export const FolderIcon = path('M3.5 18.5v-13h6l2 2.5h9v10.5z');
export const PasteIcon = path('M9 5H6v15h12V5h-3M9 3.5h6v4H9z');
export const FilesIcon = path('M4 17.5v-13h16v13zM4 14l4.5-4 4 4 2.5-2 5 4M15 8.6v.1M7 20.5h10');
export const SelectIcon = path('M4 12a8 8 0 1016 0 8 8 0 10-16 0M8.5 12.2l2.5 2.5 4.5-5');
export const SparkleIcon = path(
  'M12 4c.6 4.6 3.4 7.4 8 8-4.6.6-7.4 3.4-8 8-.6-4.6-3.4-7.4-8-8 4.6-.6 7.4-3.4 8-8z',
);
export const TrashIcon = path('M4.5 7h15M10 7V4.5h4V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5');
export const HelpIcon = path(
  'M3.5 12a8.5 8.5 0 1017 0 8.5 8.5 0 10-17 0M9.6 9.6a2.5 2.5 0 114 2c-1 .8-1.6 1.2-1.6 2.4M12 17v.1',
);
export const KeyboardIcon = path('M3 6.5h18v11H3zM7 10.5h.1M12 10.5h.1M17 10.5h.1M8 14h8');
export const SettingsIcon = path(
  'M4 7h9M17 7h3M4 12h3M11 12h9M4 17h9M17 17h3M15 5v4M9 10v4M15 15v4',
);

/** The mark: two photos that have something in common. */
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
