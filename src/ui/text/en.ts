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
    appName: 'Akin',
    back: 'Back',
    reload: 'Reload',
    showMore: 'Show more',
    selected: '{count, number} selected',
    clearSelection: 'Clear selection',
    keyDelete: 'Delete',
    keyEscape: 'Esc',
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
  gallery: {
    title: 'Photos',
    count: '{count, plural, one {# <word>photo</word>} other {# <word>photos</word>}}',
    people: 'People',
    settings: 'Settings',
    notImported: '{count, number} not imported',
    select: 'Select',
    selectPhotos: 'Select photos',
    selectAll: 'Select all',
    photoNumber: 'Photo {number, number}',
    importedIn: 'Imported in {month}',
    opening: 'Loading your library…',
    openFailed: 'Couldn’t open your library',
    noReason: 'The browser gave no reason. Try again, or restart the browser.',
  },
  viewer: {
    title: 'Photo',
    previous: 'Previous photo',
    next: 'Next photo',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    zoomed: 'Zoomed photo',
    download: 'Download original',
    downloadFailed: 'Couldn’t download the original',
    notFound: 'This photo isn’t in your library',
    notFoundHint: 'It may have been deleted, or the link may be from another device.',
    openFailed: 'Couldn’t open this photo',
    toPhotos: 'Go to Photos',
    inTrash: 'This photo is in Trash',
    incomplete: 'Incomplete file: the end is missing',
    imported: 'Imported {date}',
    looksLike: 'Looks like <link>{word}</link>',
    credit: 'Photo: {by} · {license} · {source}',
    creditLinked: 'Photo: {by} · {license} · <link>Source</link>',
  },
  similar: {
    title: 'Similar photos',
    searching: 'Searching…',
    includeNew: 'Include {count, plural, one {# new photo} other {# new photos}}',
    notReady: 'This photo is still being analyzed. Similar photos appear when it’s ready.',
    nothingToCompare: 'No other photos to compare with yet. Import more to see similar ones.',
    noneWithPeople: 'No similar photos with these people',
    lessSimilar: 'Less similar',
    onlyLessSimilar: 'No close matches. The nearest photos:',
    nearlyIdentical: 'Nearly identical',
    verySimilar: 'Very similar',
    similar: 'Similar',
    slightlySimilar: 'Slightly similar',
    notSimilar: 'Not similar',
    odds: '1 in {count, number}',
    oddsMillion: '1 in a million',
    caption: '{word}: {odds}',
    helpLabel: 'What do these numbers mean?',
    helpTitle: 'What does “{odds}” mean?',
    helpBody:
      'About 1 in {count, number} pairs of unrelated photos look at least this similar. The higher the number, the less likely it’s a coincidence.',
    helpNote:
      'Akin compares what’s in the picture: objects, shapes, colors and textures. When and where a photo was taken doesn’t matter.',
  },
  trash: {
    title: 'Trash',
    keptFor: 'Kept for 30 days',
    gridLabel: 'Photos in Trash',
    emptyTitle: 'Trash is empty',
    emptyHint: 'Photos you delete stay here for 30 days, then they’re deleted permanently.',
    move: 'Move to Trash',
    restore: 'Restore',
    restoreAll: 'Restore all',
    delete: 'Delete permanently',
    empty: 'Empty Trash',
    confirmTitle:
      '{count, plural, one {Delete this photo permanently?} other {Delete these photos permanently?}}',
    confirmBody:
      '{count, plural, one {# photo will be deleted from Akin. The original file isn’t affected.} other {# photos will be deleted from Akin. The original files aren’t affected.}} You can’t undo this.',
    confirm: '{count, plural, one {Delete # photo} other {Delete # photos}}',
    moved: '{count, plural, one {# photo moved to Trash} other {# photos moved to Trash}}',
    moveFailed: 'Couldn’t move to Trash',
    restored: '{count, plural, one {# photo restored} other {# photos restored}}',
    restoreFailed: 'Couldn’t restore from Trash',
    deleted: '{count, plural, one {# photo deleted} other {# photos deleted}} permanently',
    deleteFailed: 'Couldn’t delete from Trash',
    erased: 'Everything has been deleted',
    eraseFailed: 'Couldn’t delete everything',
  },
  words: {
    title: 'Search',
    field: 'Search photos',
    suggestions: 'Suggestions',
    shows: 'Shows “{word}”',
    hint: 'Search for things in your photos, such as dog, bicycle or strawberry.',
    unknown: 'Akin doesn’t know “{text}”. Try another word.',
    found: '{count, plural, =0 {No photos found.} one {# photo found.} other {# photos found.}}',
    inexact: 'No exact match for “{text}”. Showing results for “{word}”.',
    unsearched:
      '{count, plural, one {# more photo can’t be searched right now.} other {# more photos can’t be searched right now.}}',
  },
  import: {
    title: 'Import',
    chooseFiles: 'Choose photos',
    chooseFolder: 'Choose folder',
    paste: 'Paste',
    pasteKeys: 'Ctrl+V',
    samples: 'Sample photos',
    drop: 'Drop to import',
    subfolders: 'Subfolders are included.',
    filesOnly: 'You can only import files',
    filesOnlyHint: 'Save the picture to this device, then import the file.',
    noFile: 'No file found that Akin can open',
    clipboardEmpty: 'No photo on the clipboard',
    clipboardDenied: 'Couldn’t read the clipboard',
    clipboardDeniedHint: 'Allow access in your browser, or choose the photo as a file.',
    pastedName: 'Pasted {time}',
    preparing: 'Getting ready to import…',
    finding: 'Looking for photos…',
    running: 'Importing {done, number} of {total, number}',
    paused: 'Paused at {done, number} of {total, number}',
    interrupted: 'Import interrupted',
    keepUsing: 'You can keep using Akin.',
    firstTime: 'This takes a moment the first time.',
    progress: 'Photos imported',
    progressPreparing: 'Preparing',
    pause: 'Pause',
    resume: 'Resume',
    stop: 'Stop',
    finished: 'Import complete',
    stopped: 'Import stopped',
    imported: '{count, number} imported',
    duplicates: '{count, number} already in your library',
    notImported: '{count, number} not imported',
    noneImported: 'No photos imported',
    noneFound: 'No photos found',
    skipped:
      '{count, plural, one {Skipped # file that isn’t a photo} other {Skipped # files that aren’t photos}}',
    seeWhy: 'See why',
    failed: 'Couldn’t import photos',
    duplicate: 'This photo is already in your library',
    show: 'Show',
    retryFailed: 'Couldn’t try these files again',
    dismissFailed: 'Couldn’t dismiss these files',
    unreadableFile:
      'Couldn’t open this file. It may have been moved or deleted, or belong to another user.',
    unreadableFolder:
      'Couldn’t open this folder. It may have been moved or deleted, or belong to another user.',
    unreadableFileName:
      'The browser can’t read the name of this file. Rename it, then import it again.',
    unreadableFolderName:
      'The browser can’t read the name of this folder. Rename it, then import it again.',
    unnamedFile: 'Unnamed file',
    unnamedFolder: 'Unnamed folder',
  },
  welcome: {
    title: 'Find similar photos',
    lead: 'Import your photos, open one, and see the ones that look like it. Everything happens on this device: your photos never leave it.',
    drop: 'Drop photos or folders anywhere, or',
    trySamples: 'Try it with sample photos',
    importing: 'Your photos appear here as they’re imported.',
  },
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
    tabTitle: '{view} · Akin',
    person: 'Person',
    peopleSearch: 'People search',
    notifications: 'Notifications',
    crashTitle: 'Couldn’t show this page',
    crashHint:
      'Akin may have been updated in another tab. Your photos are still in your library. Reload the page to continue.',
    privateWindow:
      'This looks like a private window. Photos you import here are deleted when you close it. To keep them, open Akin in a regular window.',
    updateReady: 'A new version of Akin is ready',
    offlineReady: 'Ready to work offline',
    personGone: 'This person is no longer in your library',
  },
  backends: {
    runs: '{device, select, none {{slow, select, yes {Running, without the fast instructions of newer browsers} other {Running}}} other {Running on {device}}}',
    'other-chosen': 'Not tried, because you chose {by}',
    'faster-runs': 'Not tried, because {by} is faster',
    'failed-before': 'Failed earlier in this session',
    unsupported: 'Not available in this browser',
    'no-adapter': 'No graphics processor found',
    software: 'Only in software here, which is slower than WebAssembly',
    'no-device': 'The graphics driver didn’t respond',
    'device-lost': 'The graphics processor stopped responding',
    'wrong-result': 'Gave a wrong result in a test',
    'not-started': 'Couldn’t start',
  },
  errors: {
    // pictures
    'empty-file': 'This file is empty.',
    'unsupported-format':
      '{reason, select, kind {{kind, select, raw {Akin can’t open raw camera files yet. Export a JPEG and import that.} tiff {Akin can’t open TIFF files yet. Export a JPEG and import that.} pdf {This is a PDF, not a photo.} photoshop {Akin can’t open Photoshop files. Export a JPEG and import that.} jpegxl {Akin can’t open JPEG XL photos yet. Export a JPEG and import that.} jpeg2000 {Akin can’t open JPEG 2000 photos. Export a JPEG and import that.} video {This is a video, not a photo.} audio {This is an audio file, not a photo.} archive {This is an archive. Unpack it and import the photos inside.} program {This is a program, not a photo.} svg {Akin can’t open SVG drawings. Export a PNG and import that.} page {This is a web page, not a photo.} text {This is a text file, not a photo.} other {Akin can’t open this kind of file. It opens JPEG, PNG, GIF, WebP, AVIF, HEIC, BMP and ICO.}}} heif {Akin can’t open this kind of HEIC photo. Export a JPEG and import that.} browser {This browser can’t open this kind of JPEG. Save it as a regular JPEG and import that.} other {Akin can’t open this kind of file. It opens JPEG, PNG, GIF, WebP, AVIF, HEIC, BMP and ICO.}}',
    'damaged-picture':
      '{reason, select, cut {This photo is incomplete: the end of the file is missing. Copy it again and import that.} other {This photo is damaged and can’t be opened.}}',
    'too-many-pixels':
      '{reason, select, size {This photo has {width, number} × {height, number} pixels. Akin opens up to {limit, number} megapixels.} claim {This file says it has {width, number} × {height, number} pixels, but it’s too small for that. It may be damaged.} other {This photo has more pixels than Akin can open.}}',
    'file-too-large': 'This file is too large: {size}. Akin opens files up to {limit}.',
    'unreadable-file':
      '{reason, select, gone {Akin no longer has this file. Import it again.} closed {Akin can’t open this file. It may belong to another user, or it was moved or deleted.} name {The browser can’t read this file’s name. Rename it and import it again.} model {Couldn’t read one of the model’s files. It may have been moved or changed. Choose the files again.} other {Couldn’t read this file. It was moved, changed or deleted after you chose it. Import it again.}}',
    'unreadable-folder':
      '{reason, select, name {The browser can’t read this folder’s name. Rename it and import it again.} other {Akin can’t open this folder. It may belong to another user, or it was moved or deleted.}}',
    'decoder-failed':
      '{reason, select, slow {Opening this photo took more than {seconds, number} seconds, so Akin stopped. It may be damaged.} memory {This photo needs more memory than this device can give.} other {Couldn’t open this photo. It may be damaged.}}',
    'decoder-missing':
      'Couldn’t load what’s needed to open HEIC photos. Check your connection and try again. It’s kept on this device afterward.',
    // models and backends
    'model-missing':
      'Couldn’t load a file that Akin needs. Check your connection, then try again or reload the page.',
    'model-corrupt':
      'A file that Akin needs is damaged. Reload the page. If that doesn’t help, clear Akin’s site data and open it again.',
    'backend-unavailable':
      'This browser can’t run the models that analyze your photos. Update it, or open Akin in another browser.',
    'device-lost': 'The graphics processor stopped responding. Try again.',
    // models of the user's own
    'model-unreadable':
      'These files aren’t a TensorFlow.js model that Akin can open. Convert the model with tensorflowjs_converter and choose its model.json and weight files.',
    'model-incomplete':
      '{count, plural, one {A file of this model is missing: {names}.} other {Some of this model’s files are missing: {names}.}} Choose all of its files together.',
    'model-wrong-weights':
      '{reason, select, cut {The size of {names} doesn’t match model.json ({size} instead of {wanted}). The download may be incomplete, or the files are from another model.} other {These weights don’t belong to this model. Convert it to TensorFlow.js again.}}',
    'model-too-large':
      'This model is too large: {size} of weights. Akin takes up to {limit}. Convert it with quantized weights (float16 or uint8), or choose a smaller one.',
    'model-unknown-op':
      '{reason, select, backend {This model needs an operation that can’t run on the current backend: {names}. Choose another backend in Settings, or another model.} layers {This model needs layers that TensorFlow.js doesn’t have: {names}. Convert it as a graph model instead.} ops {This model needs operations that TensorFlow.js doesn’t have: {names}. Convert it without them, or choose another model.} other {This model needs something that TensorFlow.js doesn’t have. Choose another model.}}',
    'model-wrong-input':
      '{reason, select, shape {This model takes an input of shape {shape}. Akin needs one color picture: [1, height, width, 3] or [1, 3, height, width].} batch {This model takes {count, number} pictures at a time. Akin needs a model that takes one.} square {This model takes pictures of {width, number} × {height, number} pixels. Akin needs square ones.} side {This model takes pictures of {side, number} × {side, number} pixels. Akin needs {least, number} to {most, number}.} inputs {This model has {count, plural, =0 {no input} one {# input} other {# inputs}}. Akin needs a model that takes one picture.} other {This model doesn’t say what input it takes. Akin needs a model that takes one picture.}}',
    'model-no-output':
      '{reason, select, shape {{name} has the shape {shape}. Akin needs one vector or one feature map per picture.} alone {{name} can’t be computed from the picture alone.} awaited {TensorFlow.js can’t compute {name} in one step.} other {This model has no output that Akin can use.}}',
    'model-too-many-dims':
      '{name} gives {dims, number} values per photo. Akin takes up to {limit, number}. Choose a model that ends earlier or pools its features.',
    'model-not-finite':
      'This model’s results aren’t valid numbers. Try another input range. If that doesn’t help, its weights are damaged.',
    'model-same-answer':
      '{reason, select, zeros {This model gives only zeros. Choose another layer or another input range.} other {This model gives the same result for every photo. Choose another layer or another input range.}}',
    'model-failed': 'TensorFlow.js can’t run this model: {cause}',
    // saved indexes, vectors and logs
    'bad-magic':
      '{reason, select, people {This file isn’t a people history from Akin.} other {This file isn’t from Akin.}}',
    'too-new': 'This was saved by a newer version of Akin. Reload the page to update.',
    'too-old': 'This was saved by a version of Akin that is too old to read.',
    truncated: 'This file is incomplete.',
    corrupt: 'This file is damaged and can’t be read.',
    'wrong-space':
      '{reason, select, words {Your own model doesn’t understand words. To search by word, choose one of Akin’s models in Settings.} words_later {Word search isn’t ready yet. Akin is still analyzing your photos.} faces {Akin needs to scan your photos for faces again first.} other {This was made with another model.}}',
    'bad-vector': 'The model gave an unusable result for this photo.',
    'too-many-steps': 'This people history is larger than Akin can keep.',
    // storage
    'quota-exceeded': 'There’s no space left on this device. Free up some space and try again.',
    'storage-blocked': 'Another tab of Akin is in the way. Close or reload it to continue here.',
    'storage-closed':
      '{reason, select, newer {Another tab is running a newer version of Akin. Reload this one to update.} other {The browser closed your library. Reload the page.}}',
    'storage-lost': 'The browser deleted your library. Import your photos again.',
    'storage-failed':
      '{reason, select, none {This window doesn’t let Akin save anything, as in some private windows. Open Akin in a regular window or allow it to store site data, then reload.} newer {Another tab is running another version of Akin. Reload this one.} waiting {Files waiting to be imported are no longer stored. Cancel the import and choose them again.} undone {The browser interrupted a change to your library. Nothing was changed. Try again.} other {Couldn’t use your library’s storage. Reload the page and try again.}}',
    // memory
    'out-of-memory':
      '{reason, select, model {This model needs more memory than the browser can give. Choose a smaller picture size or a smaller model.} other {There isn’t enough memory. Close other tabs or apps and try again.}}',
    // calls
    'not-found':
      '{reason, select, faces_off {Face recognition is turned off.} in_trash {This photo is in Trash.} not_yet {This isn’t searchable yet. Try again in a moment.} few_photos {There aren’t enough photos to compare yet.} samples {The sample photos aren’t part of this installation.} other {This is no longer in your library.}}',
    'invalid-argument':
      '{reason, select, model_in_use {This model is in use. Choose another one first, then remove it.} model_moving {Photos are still being moved from this model. Remove it when they’re done.} model_name {Give the model a name.} name {Names can have up to {limit, number} letters.} merged {These are already the same person.} other {That isn’t possible here.}}',
    aborted: 'Canceled.',
    'worker-died':
      '{reason, select, trial {The model stopped unexpectedly, probably for lack of memory. Your photos are safe. Choose a smaller picture size or a smaller model.} search {Search can’t start. Reload the page. Your photos are safe.} other {Part of Akin stopped unexpectedly. Your photos are safe. Try again.}}',
    'not-configured': 'Part of Akin didn’t start correctly. Reload the page.',
    offline:
      '{reason, select, model {This model has to be downloaded first. Check your connection and choose it again. Nothing has changed.} samples {Couldn’t load the sample photos. Check your connection and try again.} other {You’re offline. Check your connection and try again.}}',
    internal:
      '{reason, select, picture {Akin couldn’t read this photo. Try again, or save it in another format.} crashed {Akin stopped three times while opening this file, so it was skipped.} other {Something went wrong. Try again, or reload the page.}}',
  },
} as const;
