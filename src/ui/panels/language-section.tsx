import {
  chooseLanguage,
  LANGUAGES,
  type LanguageChoice,
  useLanguageChoice,
} from '../text/language.ts';
import { t } from '../text/t.ts';
import { openSettingsAt, takeSettingsPlace } from './settings-place.ts';

const CHOICES = ['auto', ...Object.keys(LANGUAGES)] as LanguageChoice[];

/** Switching languages remounts Settings, which must reopen in the same place. */
async function choose(choice: LanguageChoice): Promise<void> {
  const { lang } = document.documentElement;
  openSettingsAt('general', idOf(choice));
  await chooseLanguage(choice);
  // Both resolve to the same language: nothing remounts.
  if (document.documentElement.lang === lang) takeSettingsPlace();
}

const idOf = (choice: LanguageChoice) => `language-${choice}`;

/** Language choice. Each language is listed under its own name. */
export function LanguageSection() {
  const choice = useLanguageChoice();
  return (
    <section className="setting">
      <fieldset className="segments">
        <legend>{t('settings.language')}</legend>
        {CHOICES.map((each) => (
          <label key={each} className="segment">
            <input
              id={idOf(each)}
              type="radio"
              name="language"
              value={each}
              checked={choice === each}
              onChange={() => void choose(each)}
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
