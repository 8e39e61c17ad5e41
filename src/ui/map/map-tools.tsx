import { IconButton } from '../parts/button.tsx';
import { AddIcon, LessIcon } from '../parts/icons.tsx';
import { t } from '../text/t.ts';
import { BoxIcon, FitIcon, JoinIcon, LassoIcon, PanIcon } from './icons.tsx';
import { TOOLS, type Tool } from './scene/gestures.ts';

const ICONS = {
  pan: <PanIcon />,
  lasso: <LassoIcon />,
  box: <BoxIcon />,
  join: <JoinIcon />,
} as const;

interface MapToolsProps {
  tool: Tool;
  onTool: (tool: Tool) => void;
  onZoom: (factor: number) => void;
  onFit: () => void;
}

/** What dragging does, and the zoom. */
export function MapTools({ tool, onTool, onZoom, onFit }: MapToolsProps) {
  return (
    <div className="map-tools">
      <fieldset className="map-tool-group" aria-label={t('map.tools')}>
        {TOOLS.map((each) => (
          <IconButton
            key={each}
            label={t(`map.tool.${each}`)}
            aria-pressed={each === tool}
            onClick={() => onTool(each)}
          >
            {ICONS[each]}
          </IconButton>
        ))}
      </fieldset>
      <fieldset className="map-tool-group" aria-label={t('map.zoom')}>
        <IconButton label={t('map.zoomIn')} shortcut="+" onClick={() => onZoom(2)}>
          <AddIcon />
        </IconButton>
        <IconButton label={t('map.zoomOut')} shortcut="-" onClick={() => onZoom(0.5)}>
          <LessIcon />
        </IconButton>
        <IconButton label={t('map.fit')} shortcut="0" onClick={onFit}>
          <FitIcon />
        </IconButton>
      </fieldset>
    </div>
  );
}
