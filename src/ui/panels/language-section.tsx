import {
  chooseLanguage,
  LANGUAGES,
  type LanguageChoice,
  useLanguageChoice,
} from '../text/language.ts';
import { t } from '../text/t.ts';
import { openSettingsAt, takeSettingsPlace } from './settings-place.ts';

const CHOICES = ['auto', ...Object.keys(LANGUAGES)] as LanguageChoice[];

/** Another language draws Settings anew, and they open where the person is. */
async function choose(choice: LanguageChoice): Promise<void> {
  const { lang } = document.documentElement;
  openSettingsAt('general', idOf(choice));
  await chooseLanguage(choice);
  // Nothing is drawn anew where both are the same.
  if (document.documentElement.lang === lang) takeSettingsPlace();
}

const idOf = (choice: LanguageChoice) => `language-${choice}`;

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
