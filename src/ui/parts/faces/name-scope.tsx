import { t } from '../../text/t.ts';

interface NameScopeProps {
  id: string;
  /** Faces of the group. */
  faces: number;
  /** Whether the name is for the face alone. */
  only: boolean;
  onOnly: (only: boolean) => void;
}

/** How many faces get the name that is typed for one of a group, before it is given. */
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
