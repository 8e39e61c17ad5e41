import { t } from '../../../text/t.ts';

interface NameScopeProps {
  id: string;
  /** Number of faces in the group. */
  faces: number;
  /** Whether the name applies to this face alone. */
  only: boolean;
  onOnly: (only: boolean) => void;
}

/** States how many faces of the group get the name, before it is saved. */
export function NameScope({ id, faces, only, onOnly }: NameScopeProps) {
  return (
    <div className="name-scope">
      <p id={id} className="muted" aria-live="polite">
        {only ? t('faces.nameScopeOne') : t('faces.nameScopeAll', { count: faces })}
      </p>
      <label className="name-only">
        <input type="checkbox" checked={only} onChange={() => onOnly(!only)} />
        {t('faces.onlyThis')}
      </label>
    </div>
  );
}
