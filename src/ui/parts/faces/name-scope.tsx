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
        {only
          ? `Names this face alone, not the other ${faces === 2 ? 'one' : faces - 1} of its group.`
          : `Names ${faces === 2 ? 'both' : `all ${faces}`} faces of this group.`}
      </p>
      <label className="name-only">
        <input type="checkbox" checked={only} onChange={() => onOnly(!only)} />
        Only this face
      </label>
    </div>
  );
}
