import { path } from '../parts/icons.tsx';

export const PanIcon = path(
  'M12 3v18M3 12h18M9.500 5.500L12 3l2.500 2.500M9.500 18.500L12 21l2.500-2.500M5.500 9.500L3 12l2.500 2.500M18.500 9.500L21 12l-2.500 2.500',
);
export const LassoIcon = path(
  'M8 15.500c-3-1-4.500-2.800-4.500-5 0-3.600 3.800-6 8.500-6s8.500 2.400 8.500 6-3.800 6-8.500 6c-.8 0-1.500-.1-2.200-.2M6 15.500a1.900 1.900 0 103.800 0 1.900 1.900 0 10-3.800 0M7.500 17.400c.3 1.600 0 2.700-1.300 3.600',
);
export const BoxIcon = path(
  'M4 8V4h4M11 4h2M16 4h4v4M20 11v2M20 16v4h-4M13 20h-2M8 20H4v-4M4 13v-2',
);
export const FitIcon = path('M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M9.500 9.500h5v5h-5z');
export const ListIcon = path(
  'M9 6.500h11M9 12h11M9 17.500h11M4.500 6.500h.1M4.500 12h.1M4.500 17.500h.1',
);
export const LayoutIcon = path(
  'M19.500 12a7.500 7.500 0 11-2.300-5.400M17.500 3v4h-4M9 11h.1M12 14.500h.1M14.500 10.500h.1',
);
export const JoinIcon = path(
  'M3.500 6.500h5v5h-5zM15.500 12.500h5v5h-5zM10.500 9l2.500 0c1.700 0 1.500 0 1.500 1.700v1.800M12.500 10.800l2 2 2-2',
);
