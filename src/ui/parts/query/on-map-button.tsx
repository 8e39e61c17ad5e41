import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { MapIcon } from '../icons.tsx';

/** Shows the results of a query on the map. */
export function OnMapButton({ query }: { query: string }) {
  const { navigation } = useUi();
  return (
    <Button
      look="quiet"
      className="search-tool button-bar"
      onClick={() => navigation.push({ view: 'map', query })}
    >
      <MapIcon /> <span>{t('map.onMap')}</span>
    </Button>
  );
}
