import { chooseTheme, THEMES, type Theme, useTheme } from '../state/theme.ts';

const WORDS: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

export function ThemeSection() {
  const theme = useTheme();
  return (
    <section className="setting">
      <fieldset className="segments">
        <legend>Appearance</legend>
        {THEMES.map((choice) => (
          <label key={choice} className="segment">
            <input
              type="radio"
              name="theme"
              value={choice}
              checked={theme === choice}
              onChange={() => chooseTheme(choice)}
            />
            <span>{WORDS[choice]}</span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}
