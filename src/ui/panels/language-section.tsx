import {
  chooseLanguage,
  LANGUAGES,
  type LanguageChoice,
  useLanguageChoice,
} from '../text/language.ts';
import { t } from '../text/t.ts';

const CHOICES = ['auto', ...Object.keys(LANGUAGES)] as LanguageChoice[];

/** The language of the page. Each is named in itself, for whoever can’t read the one that is shown. */
export function LanguageSection() {
  const choice = useLanguageChoice();
  return (
    <section className="setting">
      <fieldset className="segments">
        <legend>{t('settings.language')}</legend>
        {CHOICES.map((each) => (
          <label key={each} className="segment">
            <input
              type="radio"
              name="language"
              value={each}
              checked={choice === each}
              onChange={() => void chooseLanguage(each)}
            />
            <span lang={each === 'auto' ? undefined : each}>
              {each === 'auto' ? t('settings.languageAuto') : LANGUAGES[each]}
            </span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}
