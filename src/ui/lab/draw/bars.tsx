import './bars.css';

interface BarsProps {
  label: string;
  /** What each bar of a group shows. */
  series: readonly string[];
  groups: readonly {
    readonly name: string;
    /** One for each of `series`; `null` if there is none yet. */
    readonly values: readonly (number | null)[];
  }[];
}

/** Bars side by side in groups, from 0 on. */
export function Bars({ label, series, groups }: BarsProps) {
  const most = Math.max(...groups.flatMap(({ values }) => values.map((value) => value ?? 0))) || 1;
  return (
    <div className="bars">
      <ul className="lab-legend" aria-hidden="true">
        {series.map((name, i) => (
          <li key={name}>
            <span className="bars-key" data-series={i} /> {name}
          </li>
        ))}
      </ul>
      <div className="bars-groups" role="img" aria-label={label}>
        {groups.map(({ name, values }) => (
          <div className="bars-group" key={name}>
            <div>
              {values.map((value, i) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: in the order of the series
                  key={i}
                  data-series={i}
                  style={{ blockSize: `${(100 * (value ?? 0)) / most}%` }}
                />
              ))}
            </div>
            <p>{name}</p>
          </div>
        ))}
      </div>
    </div>
  );
}
