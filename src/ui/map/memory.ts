import type { PhotoId } from '../../protocol/index.ts';
import type { ColorBy } from './pure/colors.ts';
import type { View } from './pure/view.ts';
import type { Tool } from './scene/gestures.ts';

/** State of the map screen, restored on return. Updated as the map is used. */
export const mapMemory: {
  /** Layout that `view` is of. */
  laidOutAt: number;
  view: View | null;
  /** The photo with the keyboard's focus on the map. */
  focus: PhotoId | null;
  /** Whether the map had the focus when it was left. */
  hadFocus: boolean;
  tool: Tool;
  colorBy: ColorBy | null;
  /** Number of photos added later for which the hint was dismissed. */
  laterSeen: number;
} = {
  laidOutAt: 0,
  view: null,
  focus: null,
  hadFocus: false,
  tool: 'pan',
  colorBy: null,
  laterSeen: 0,
};
