import { chooseTheme, THEMES, useTheme } from '../state/theme.ts';
import { t } from '../text/t.ts';

export function ThemeSection() {
  const theme = useTheme();
  return (
    <section className="setting">
      <fieldset className="segments">
        <legend>{t('settings.appearance')}</legend>
        {THEMES.map((choice) => (
          <label key={choice} className="segment">
            <input
              type="radio"
              name="theme"
              value={choice}
              checked={theme === choice}
              onChange={() => chooseTheme(choice)}
            />
            <span>{t(`settings.${choice}`)}</span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}
