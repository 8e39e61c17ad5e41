/**
 * All text of the page in American English, the language that others are translated from. Messages
 * are ICU MessageFormat; `docs/writing.md` has the terms and the voice.
 */
export const en = {
  common: {
    cancel: 'Cancel',
    close: 'Close',
    undo: 'Undo',
    save: 'Save',
    tryAgain: 'Try again',
    dismiss: 'Dismiss',
    loading: 'Loading…',
    unnamed: 'Unnamed',
    photos: '{count, plural, one {# photo} other {# photos}}',
    faces: '{count, plural, one {# face} other {# faces}}',
    people: '{count, plural, one {# person} other {# people}}',
  },
  format: {
    unknownSize: 'unknown',
    bytes: '{count, plural, one {# byte} other {# bytes}}',
    photosPerSecond: '{rate} photos/s',
    photosPerMinute: '{rate} photos/min',
    taken: 'Taken {date}',
    takenXmp: 'Taken {date} (XMP)',
    takenIptc: 'Taken {date} (IPTC)',
    edited: 'Last edited {date}',
    fileDated: 'File dated {date}',
    longLeft: 'a long time left',
    secondsLeft: 'a few seconds left',
    aboutSecondsLeft: 'about {seconds, number} seconds left',
    minutesLeft: 'about {minutes, plural, one {a minute} other {# minutes}} left',
    hoursLeft: 'about {hours, plural, one {# hour} other {# hours}} left',
    hoursMinutesLeft:
      'about {hours, plural, one {# hour} other {# hours}} {minutes, number} minutes left',
  },
  // photos
  gallery: {},
  viewer: {},
  similar: {},
  trash: {},
  words: {},
  import: {},
  welcome: {},
  // people
  people: {},
  person: {},
  faces: {},
  // settings
  settings: {
    appearance: 'Appearance',
    system: 'System',
    light: 'Light',
    dark: 'Dark',
    language: 'Language',
    languageAuto: 'Same as the browser',
  },
  models: {},
  moving: {},
  index: {},
  storage: {},
  engine: {},
  shortcuts: {},
  problems: {},
  app: {
    framed: 'Akin doesn’t run inside another page. Open it in its own tab.',
    insecure: 'Akin needs a secure address: https or localhost. This one is {origin}.',
  },
  errors: {},
} as const;
