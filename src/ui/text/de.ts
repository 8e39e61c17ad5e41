import type { Messages } from './messages.ts';

/** German, addressed as “du”. */
export const de: Messages = {
  common: {
    cancel: 'Abbrechen',
    close: 'Schließen',
    undo: 'Widerrufen',
    save: 'Sichern',
    tryAgain: 'Erneut versuchen',
    dismiss: 'Ausblenden',
    loading: 'Wird geladen…',
    unnamed: 'Ohne Namen',
    photos: '{count, plural, one {# Foto} other {# Fotos}}',
    faces: '{count, plural, one {# Gesicht} other {# Gesichter}}',
    people: '{count, plural, one {# Person} other {# Personen}}',
    appName: 'Akin',
    back: 'Zurück',
    reload: 'Neu laden',
    showMore: 'Mehr anzeigen',
    selected: '{count, number} ausgewählt',
    clearSelection: 'Auswahl aufheben',
    keyDelete: 'Entf',
    keyEscape: 'Esc',
  },
  format: {
    unknownSize: 'unbekannt',
    bytes: '{count, plural, one {# Byte} other {# Bytes}}',
    photosPerSecond: '{rate} Fotos/s',
    photosPerMinute: '{rate} Fotos/min',
    taken: 'Aufgenommen: {date}',
    takenXmp: 'Aufgenommen: {date} (XMP)',
    takenIptc: 'Aufgenommen: {date} (IPTC)',
    edited: 'Zuletzt bearbeitet: {date}',
    fileDated: 'Datei vom {date}',
    longLeft: 'noch eine ganze Weile',
    secondsLeft: 'noch einige Sekunden',
    aboutSecondsLeft: 'noch etwa {seconds, number} Sekunden',
    minutesLeft: 'noch etwa {minutes, plural, one {eine Minute} other {# Minuten}}',
    hoursLeft: 'noch etwa {hours, plural, one {# Stunde} other {# Stunden}}',
    hoursMinutesLeft:
      'noch etwa {hours, plural, one {# Stunde} other {# Stunden}} {minutes, number} Minuten',
  },
  gallery: {
    title: 'Fotos',
    count: '{count, plural, one {# <word>Foto</word>} other {# <word>Fotos</word>}}',
    people: 'Personen',
    settings: 'Einstellungen',
    notImported: '{count, number} nicht importiert',
    select: 'Auswählen',
    selectPhotos: 'Fotos auswählen',
    selectAll: 'Alle auswählen',
    photoNumber: 'Foto {number, number}',
    importedIn: 'Importiert im {month}',
    opening: 'Mediathek wird geladen…',
    openFailed: 'Deine Mediathek konnte nicht geöffnet werden',
    noReason:
      'Der Browser hat keinen Grund genannt. Versuche es erneut oder starte den Browser neu.',
  },
  viewer: {
    title: 'Foto',
    previous: 'Vorheriges Foto',
    next: 'Nächstes Foto',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    zoomed: 'Vergrößertes Foto',
    download: 'Original herunterladen',
    downloadFailed: 'Das Original konnte nicht heruntergeladen werden',
    notFound: 'Dieses Foto ist nicht in deiner Mediathek',
    notFoundHint: 'Es wurde vielleicht gelöscht, oder der Link stammt von einem anderen Gerät.',
    openFailed: 'Dieses Foto konnte nicht geöffnet werden',
    toPhotos: 'Zu den Fotos',
    inTrash: 'Dieses Foto ist im Papierkorb',
    incomplete: 'Unvollständige Datei: Das Ende fehlt',
    imported: 'Importiert: {date}',
    looksLike: 'Sieht aus wie <link>{word}</link>',
    credit: 'Foto: {by} · {license} · {source}',
    creditLinked: 'Foto: {by} · {license} · <link>Quelle</link>',
  },
  similar: {
    title: 'Ähnliche Fotos',
    searching: 'Suche läuft…',
    includeNew: '{count, plural, one {# neues Foto} other {# neue Fotos}} einbeziehen',
    notReady: 'Dieses Foto wird noch analysiert. Danach erscheinen hier ähnliche Fotos.',
    nothingToCompare:
      'Es gibt noch keine anderen Fotos zum Vergleichen. Importiere weitere, um ähnliche zu sehen.',
    noneWithPeople: 'Keine ähnlichen Fotos mit diesen Personen',
    lessSimilar: 'Weniger ähnlich',
    onlyLessSimilar: 'Keine sehr ähnlichen Fotos. Am ehesten passen:',
    nearlyIdentical: 'Fast identisch',
    verySimilar: 'Sehr ähnlich',
    similar: 'Ähnlich',
    slightlySimilar: 'Etwas ähnlich',
    notSimilar: 'Nicht ähnlich',
    odds: '1 zu {count, number}',
    oddsMillion: '1 zu 1 Mio.',
    caption: '{word}: {odds}',
    helpLabel: 'Was bedeuten diese Zahlen?',
    helpTitle: 'Was bedeutet „{odds}“?',
    helpBody:
      'Von {count, number} Paaren beliebiger Fotos ist sich im Schnitt nur eines mindestens so ähnlich. Je höher die Zahl, desto unwahrscheinlicher ist ein Zufall.',
    helpNote:
      'Akin vergleicht, was zu sehen ist: Gegenstände, Formen, Farben und Strukturen. Wann und wo ein Foto entstand, spielt keine Rolle.',
  },
  trash: {
    title: 'Papierkorb',
    keptFor: '30 Tage aufbewahrt',
    gridLabel: 'Fotos im Papierkorb',
    emptyTitle: 'Der Papierkorb ist leer',
    emptyHint: 'Gelöschte Fotos bleiben 30 Tage hier. Danach werden sie endgültig gelöscht.',
    move: 'In den Papierkorb',
    restore: 'Wiederherstellen',
    restoreAll: 'Alle wiederherstellen',
    delete: 'Endgültig löschen',
    empty: 'Papierkorb leeren',
    confirmTitle:
      '{count, plural, one {Dieses Foto endgültig löschen?} other {Diese Fotos endgültig löschen?}}',
    confirmBody:
      '{count, plural, one {# Foto wird aus Akin gelöscht. Die Originaldatei bleibt erhalten.} other {# Fotos werden aus Akin gelöscht. Die Originaldateien bleiben erhalten.}} Das lässt sich nicht widerrufen.',
    confirm: '{count, plural, one {# Foto löschen} other {# Fotos löschen}}',
    moved:
      '{count, plural, one {# Foto in den Papierkorb gelegt} other {# Fotos in den Papierkorb gelegt}}',
    moveFailed: 'Verschieben in den Papierkorb fehlgeschlagen',
    restored: '{count, plural, one {# Foto wiederhergestellt} other {# Fotos wiederhergestellt}}',
    restoreFailed: 'Wiederherstellen fehlgeschlagen',
    deleted: '{count, plural, one {# Foto endgültig gelöscht} other {# Fotos endgültig gelöscht}}',
    deleteFailed: 'Löschen aus dem Papierkorb fehlgeschlagen',
    erased: 'Alles wurde gelöscht',
    eraseFailed: 'Es konnte nicht alles gelöscht werden',
  },
  words: {
    title: 'Suche',
    field: 'Fotos durchsuchen',
    suggestions: 'Vorschläge',
    shows: 'Zeigt „{word}“',
    hint: 'Suche nach Dingen auf deinen Fotos, zum Beispiel Hund, Fahrrad oder Erdbeere.',
    unknown: 'Akin kennt „{text}“ nicht. Versuche ein anderes Wort.',
    found:
      '{count, plural, =0 {Keine Fotos gefunden.} one {# Foto gefunden.} other {# Fotos gefunden.}}',
    inexact: 'Kein genauer Treffer für „{text}“. Stattdessen wird „{word}“ gezeigt.',
    unsearched:
      '{count, plural, one {# weiteres Foto kann gerade nicht durchsucht werden.} other {# weitere Fotos können gerade nicht durchsucht werden.}}',
  },
  import: {
    title: 'Importieren',
    chooseFiles: 'Fotos auswählen',
    chooseFolder: 'Ordner auswählen',
    paste: 'Einfügen',
    pasteKeys: 'Strg+V',
    samples: 'Beispielfotos',
    drop: 'Zum Importieren hier ablegen',
    subfolders: 'Unterordner werden mit importiert.',
    filesOnly: 'Du kannst nur Dateien importieren',
    filesOnlyHint: 'Sichere das Bild auf diesem Gerät und importiere dann die Datei.',
    noFile: 'Keine Datei gefunden, die Akin öffnen kann',
    clipboardEmpty: 'Kein Foto in der Zwischenablage',
    clipboardDenied: 'Zwischenablage konnte nicht gelesen werden',
    clipboardDeniedHint: 'Erlaube den Zugriff im Browser oder wähle das Foto als Datei aus.',
    pastedName: 'Eingefügt {time}',
    preparing: 'Import wird vorbereitet…',
    finding: 'Fotos werden gesucht…',
    running: '{done, number} von {total, number} importiert',
    paused: 'Pausiert bei {done, number} von {total, number}',
    interrupted: 'Import unterbrochen',
    keepUsing: 'Du kannst Akin weiter nutzen.',
    firstTime: 'Das dauert nur beim ersten Mal.',
    progress: 'Importierte Fotos',
    progressPreparing: 'Vorbereitung',
    pause: 'Pausieren',
    resume: 'Fortsetzen',
    stop: 'Stoppen',
    finished: 'Import abgeschlossen',
    stopped: 'Import gestoppt',
    imported: '{count, number} importiert',
    duplicates: '{count, number} bereits in deiner Mediathek',
    notImported: '{count, number} nicht importiert',
    noneImported: 'Keine Fotos importiert',
    noneFound: 'Keine Fotos gefunden',
    skipped:
      '{count, plural, one {# Datei übersprungen, die kein Foto ist} other {# Dateien übersprungen, die keine Fotos sind}}',
    seeWhy: 'Gründe ansehen',
    failed: 'Fotos konnten nicht importiert werden',
    duplicate: 'Dieses Foto ist bereits in deiner Mediathek',
    show: 'Anzeigen',
    retryFailed: 'Neuer Versuch fehlgeschlagen',
    dismissFailed: 'Dateien konnten nicht ausgeblendet werden',
    unreadableFile:
      'Diese Datei konnte nicht geöffnet werden. Vielleicht wurde sie verschoben oder gelöscht oder gehört einem anderen Benutzer.',
    unreadableFolder:
      'Dieser Ordner konnte nicht geöffnet werden. Vielleicht wurde er verschoben oder gelöscht oder gehört einem anderen Benutzer.',
    unreadableFileName:
      'Der Browser kann den Namen dieser Datei nicht lesen. Benenne sie um und importiere sie erneut.',
    unreadableFolderName:
      'Der Browser kann den Namen dieses Ordners nicht lesen. Benenne ihn um und importiere ihn erneut.',
    unnamedFile: 'Unbenannte Datei',
    unnamedFolder: 'Unbenannter Ordner',
  },
  welcome: {
    title: 'Ähnliche Fotos finden',
    lead: 'Importiere deine Fotos, öffne eines und sieh, welche ihm ähneln. Alles passiert auf diesem Gerät: Deine Fotos verlassen es nie.',
    drop: 'Fotos oder Ordner hier ablegen oder',
    trySamples: 'Mit Beispielfotos ausprobieren',
    importing: 'Deine Fotos erscheinen hier, sobald sie importiert sind.',
  },
  people: {},
  person: {},
  faces: {},
  settings: {
    appearance: 'Darstellung',
    system: 'System',
    light: 'Hell',
    dark: 'Dunkel',
    language: 'Sprache',
    languageAuto: 'Wie im Browser',
  },
  models: {},
  moving: {},
  index: {},
  storage: {},
  engine: {},
  shortcuts: {},
  problems: {},
  app: {
    framed: 'Akin läuft nicht in einer anderen Seite. Öffne es in einem eigenen Tab.',
    insecure: 'Akin braucht eine sichere Adresse: https oder localhost. Diese ist {origin}.',
    tabTitle: '{view} · Akin',
    person: 'Person',
    peopleSearch: 'Personensuche',
    notifications: 'Mitteilungen',
    crashTitle: 'Diese Seite konnte nicht angezeigt werden',
    crashHint:
      'Vielleicht wurde Akin in einem anderen Tab aktualisiert. Deine Fotos sind noch in deiner Mediathek. Lade die Seite neu, um weiterzumachen.',
    privateWindow:
      'Das scheint ein privates Fenster zu sein. Fotos, die du hier importierst, werden beim Schließen gelöscht. Um sie zu behalten, öffne Akin in einem normalen Fenster.',
    updateReady: 'Eine neue Version von Akin ist bereit',
    offlineReady: 'Jetzt auch offline nutzbar',
    personGone: 'Diese Person ist nicht mehr in deiner Mediathek',
  },
  backends: {
    runs: '{device, select, none {{slow, select, yes {Läuft, ohne die schnellen Befehle neuerer Browser} other {Läuft}}} other {Läuft auf {device}}}',
    'other-chosen': 'Nicht versucht, weil du {by} gewählt hast',
    'faster-runs': 'Nicht versucht, weil {by} schneller ist',
    'failed-before': 'In dieser Sitzung bereits ausgefallen',
    unsupported: 'In diesem Browser nicht vorhanden',
    'no-adapter': 'Kein Grafikprozessor gefunden',
    software: 'Hier nur in Software, langsamer als WebAssembly',
    'no-device': 'Der Grafiktreiber hat nicht geantwortet',
    'device-lost': 'Der Grafikprozessor reagiert nicht mehr',
    'wrong-result': 'Hat in einem Test falsch gerechnet',
    'not-started': 'Ließ sich nicht starten',
  },
  errors: {
    'empty-file': 'Diese Datei ist leer.',
    'unsupported-format':
      '{reason, select, kind {{kind, select, raw {Akin kann RAW-Dateien noch nicht öffnen. Exportiere ein JPEG und importiere das.} tiff {Akin kann TIFF-Dateien noch nicht öffnen. Exportiere ein JPEG und importiere das.} pdf {Das ist ein PDF, kein Foto.} photoshop {Akin kann Photoshop-Dateien nicht öffnen. Exportiere ein JPEG und importiere das.} jpegxl {Akin kann JPEG-XL-Fotos noch nicht öffnen. Exportiere ein JPEG und importiere das.} jpeg2000 {Akin kann JPEG-2000-Fotos nicht öffnen. Exportiere ein JPEG und importiere das.} video {Das ist ein Video, kein Foto.} audio {Das ist eine Audiodatei, kein Foto.} archive {Das ist ein Archiv. Entpacke es und importiere die Fotos daraus.} program {Das ist ein Programm, kein Foto.} svg {Akin kann SVG-Zeichnungen nicht öffnen. Exportiere ein PNG und importiere das.} page {Das ist eine Webseite, kein Foto.} text {Das ist eine Textdatei, kein Foto.} other {Akin kann diese Art von Datei nicht öffnen. Möglich sind JPEG, PNG, GIF, WebP, AVIF, HEIC, BMP und ICO.}}} heif {Akin kann diese Art von HEIC-Foto nicht öffnen. Exportiere ein JPEG und importiere das.} browser {Dieser Browser kann diese Art von JPEG nicht öffnen. Sichere es als gewöhnliches JPEG und importiere das.} other {Akin kann diese Art von Datei nicht öffnen. Möglich sind JPEG, PNG, GIF, WebP, AVIF, HEIC, BMP und ICO.}}',
    'damaged-picture':
      '{reason, select, cut {Dieses Foto ist unvollständig: Das Ende der Datei fehlt. Kopiere es noch einmal und importiere die Kopie.} other {Dieses Foto ist beschädigt und lässt sich nicht öffnen.}}',
    'too-many-pixels':
      '{reason, select, size {Dieses Foto hat {width, number} × {height, number} Pixel. Akin öffnet bis zu {limit, number} Megapixel.} claim {Diese Datei gibt {width, number} × {height, number} Pixel an, ist dafür aber zu klein. Vielleicht ist sie beschädigt.} other {Dieses Foto hat mehr Pixel, als Akin öffnen kann.}}',
    'file-too-large': 'Diese Datei ist zu groß: {size}. Akin öffnet Dateien bis {limit}.',
    'unreadable-file':
      '{reason, select, gone {Akin hat diese Datei nicht mehr. Importiere sie noch einmal.} closed {Akin kann diese Datei nicht öffnen. Vielleicht gehört sie einem anderen Benutzer, oder sie wurde verschoben oder gelöscht.} name {Der Browser kann den Namen dieser Datei nicht lesen. Benenne sie um und importiere sie noch einmal.} model {Eine Datei des Modells ließ sich nicht lesen. Vielleicht wurde sie verschoben oder geändert. Wähle die Dateien noch einmal.} other {Diese Datei ließ sich nicht lesen. Sie wurde verschoben, geändert oder gelöscht, nachdem du sie gewählt hast. Importiere sie noch einmal.}}',
    'unreadable-folder':
      '{reason, select, name {Der Browser kann den Namen dieses Ordners nicht lesen. Benenne ihn um und importiere ihn noch einmal.} other {Akin kann diesen Ordner nicht öffnen. Vielleicht gehört er einem anderen Benutzer, oder er wurde verschoben oder gelöscht.}}',
    'decoder-failed':
      '{reason, select, slow {Das Öffnen dieses Fotos dauerte länger als {seconds, number} Sekunden, deshalb hat Akin abgebrochen. Vielleicht ist es beschädigt.} memory {Dieses Foto braucht mehr Speicher, als dieses Gerät hat.} other {Dieses Foto ließ sich nicht öffnen. Vielleicht ist es beschädigt.}}',
    'decoder-missing':
      'Was zum Öffnen von HEIC-Fotos nötig ist, ließ sich nicht laden. Prüfe deine Verbindung und versuche es noch einmal. Danach bleibt es auf diesem Gerät.',
    'model-missing':
      'Eine Datei, die Akin braucht, ließ sich nicht laden. Prüfe deine Verbindung und versuche es noch einmal oder lade die Seite neu.',
    'model-corrupt':
      'Eine Datei, die Akin braucht, ist beschädigt. Lade die Seite neu. Wenn das nicht hilft, lösche die Websitedaten von Akin und öffne es noch einmal.',
    'backend-unavailable':
      'Dieser Browser kann die Modelle, die deine Fotos analysieren, nicht ausführen. Aktualisiere ihn oder öffne Akin in einem anderen Browser.',
    'device-lost': 'Der Grafikprozessor reagiert nicht mehr. Versuche es noch einmal.',
    'model-unreadable':
      'Diese Dateien sind kein TensorFlow.js-Modell, das Akin öffnen kann. Wandle das Modell mit tensorflowjs_converter um und wähle model.json und die Gewichtsdateien.',
    'model-incomplete':
      '{count, plural, one {Eine Datei dieses Modells fehlt: {names}.} other {Einige Dateien dieses Modells fehlen: {names}.}} Wähle alle Dateien zusammen.',
    'model-wrong-weights':
      '{reason, select, cut {Die Größe von {names} passt nicht zu model.json ({size} statt {wanted}). Vielleicht ist der Download unvollständig, oder die Dateien gehören zu einem anderen Modell.} other {Diese Gewichte gehören nicht zu diesem Modell. Wandle es noch einmal für TensorFlow.js um.}}',
    'model-too-large':
      'Dieses Modell ist zu groß: {size} an Gewichten. Akin nimmt bis zu {limit}. Wandle es mit quantisierten Gewichten (float16 oder uint8) um oder wähle ein kleineres.',
    'model-unknown-op':
      '{reason, select, backend {Dieses Modell braucht eine Operation, die auf dem aktuellen Backend nicht läuft: {names}. Wähle in den Einstellungen ein anderes Backend oder ein anderes Modell.} layers {Dieses Modell braucht Schichten, die TensorFlow.js nicht hat: {names}. Wandle es stattdessen als Graphmodell um.} ops {Dieses Modell braucht Operationen, die TensorFlow.js nicht hat: {names}. Wandle es ohne sie um oder wähle ein anderes Modell.} other {Dieses Modell braucht etwas, das TensorFlow.js nicht hat. Wähle ein anderes Modell.}}',
    'model-wrong-input':
      '{reason, select, shape {Dieses Modell erwartet eine Eingabe der Form {shape}. Akin braucht ein Farbbild: [1, Höhe, Breite, 3] oder [1, 3, Höhe, Breite].} batch {Dieses Modell erwartet {count, number} Bilder auf einmal. Akin braucht ein Modell, das eines nimmt.} square {Dieses Modell erwartet Bilder mit {width, number} × {height, number} Pixeln. Akin braucht quadratische.} side {Dieses Modell erwartet Bilder mit {side, number} × {side, number} Pixeln. Akin braucht {least, number} bis {most, number}.} inputs {Dieses Modell hat {count, plural, =0 {keine Eingabe} one {# Eingabe} other {# Eingaben}}. Akin braucht ein Modell, das ein Bild nimmt.} other {Dieses Modell gibt nicht an, welche Eingabe es erwartet. Akin braucht ein Modell, das ein Bild nimmt.}}',
    'model-no-output':
      '{reason, select, shape {{name} hat die Form {shape}. Akin braucht einen Vektor oder eine Merkmalskarte pro Bild.} alone {{name} lässt sich nicht allein aus dem Bild berechnen.} awaited {TensorFlow.js kann {name} nicht in einem Schritt berechnen.} other {Dieses Modell hat keine Ausgabe, die Akin nutzen kann.}}',
    'model-too-many-dims':
      '{name} liefert {dims, number} Werte pro Foto. Akin nimmt bis zu {limit, number}. Wähle ein Modell, das früher endet oder seine Merkmale zusammenfasst.',
    'model-not-finite':
      'Die Ergebnisse dieses Modells sind keine gültigen Zahlen. Versuche einen anderen Wertebereich. Wenn das nicht hilft, sind seine Gewichte beschädigt.',
    'model-same-answer':
      '{reason, select, zeros {Dieses Modell liefert nur Nullen. Wähle eine andere Schicht oder einen anderen Wertebereich.} other {Dieses Modell liefert für jedes Foto dasselbe. Wähle eine andere Schicht oder einen anderen Wertebereich.}}',
    'model-failed': 'TensorFlow.js kann dieses Modell nicht ausführen: {cause}',
    'bad-magic':
      '{reason, select, people {Diese Datei ist kein Personenverlauf von Akin.} other {Diese Datei stammt nicht von Akin.}}',
    'too-new':
      'Das wurde mit einer neueren Version von Akin gesichert. Lade die Seite neu, um Akin zu aktualisieren.',
    'too-old': 'Das wurde mit einer zu alten Version von Akin gesichert.',
    truncated: 'Diese Datei ist unvollständig.',
    corrupt: 'Diese Datei ist beschädigt und lässt sich nicht lesen.',
    'wrong-space':
      '{reason, select, words {Dein eigenes Modell versteht keine Wörter. Um nach Wörtern zu suchen, wähle in den Einstellungen ein Modell von Akin.} words_later {Die Wortsuche ist noch nicht bereit. Akin analysiert deine Fotos noch.} faces {Akin muss deine Fotos zuerst noch einmal nach Gesichtern durchsuchen.} other {Das wurde mit einem anderen Modell erstellt.}}',
    'bad-vector': 'Das Modell hat für dieses Foto kein brauchbares Ergebnis geliefert.',
    'too-many-steps': 'Dieser Personenverlauf ist größer, als Akin ihn behalten kann.',
    'quota-exceeded':
      'Auf diesem Gerät ist kein Platz mehr. Gib etwas Speicherplatz frei und versuche es noch einmal.',
    'storage-blocked':
      'Ein anderer Tab von Akin ist im Weg. Schließe ihn oder lade ihn neu, um hier weiterzumachen.',
    'storage-closed':
      '{reason, select, newer {In einem anderen Tab läuft eine neuere Version von Akin. Lade diesen neu, um Akin zu aktualisieren.} other {Der Browser hat deine Mediathek geschlossen. Lade die Seite neu.}}',
    'storage-lost': 'Der Browser hat deine Mediathek gelöscht. Importiere deine Fotos noch einmal.',
    'storage-failed':
      '{reason, select, none {In diesem Fenster kann Akin nichts sichern, wie in manchen privaten Fenstern. Öffne Akin in einem normalen Fenster oder erlaube ihm, Websitedaten zu speichern, und lade die Seite neu.} newer {In einem anderen Tab läuft eine andere Version von Akin. Lade diesen neu.} waiting {Dateien, die auf den Import warten, sind nicht mehr gespeichert. Brich den Import ab und wähle sie noch einmal.} undone {Der Browser hat eine Änderung an deiner Mediathek unterbrochen. Es wurde nichts geändert. Versuche es noch einmal.} other {Der Speicher deiner Mediathek ließ sich nicht nutzen. Lade die Seite neu und versuche es noch einmal.}}',
    'out-of-memory':
      '{reason, select, model {Dieses Modell braucht mehr Speicher, als der Browser hat. Wähle eine kleinere Bildgröße oder ein kleineres Modell.} other {Der Arbeitsspeicher reicht nicht. Schließe andere Tabs oder Apps und versuche es noch einmal.}}',
    'not-found':
      '{reason, select, faces_off {Die Gesichtserkennung ist ausgeschaltet.} in_trash {Dieses Foto ist im Papierkorb.} not_yet {Danach lässt sich noch nicht suchen. Versuche es gleich noch einmal.} few_photos {Es sind noch nicht genug Fotos zum Vergleichen da.} samples {Die Beispielfotos gehören nicht zu dieser Installation.} other {Das ist nicht mehr in deiner Mediathek.}}',
    'invalid-argument':
      '{reason, select, model_in_use {Dieses Modell wird gerade verwendet. Wähle zuerst ein anderes und entferne es dann.} model_moving {Fotos ziehen noch von diesem Modell um. Entferne es, wenn sie fertig sind.} model_name {Gib dem Modell einen Namen.} name {Namen können bis zu {limit, number} Zeichen haben.} merged {Das ist bereits dieselbe Person.} other {Das ist hier nicht möglich.}}',
    aborted: 'Abgebrochen.',
    'worker-died':
      '{reason, select, trial {Das Modell wurde unerwartet beendet, wahrscheinlich aus Mangel an Speicher. Deine Fotos sind sicher. Wähle eine kleinere Bildgröße oder ein kleineres Modell.} search {Die Suche kann nicht starten. Lade die Seite neu. Deine Fotos sind sicher.} other {Ein Teil von Akin wurde unerwartet beendet. Deine Fotos sind sicher. Versuche es noch einmal.}}',
    'not-configured': 'Ein Teil von Akin ist nicht richtig gestartet. Lade die Seite neu.',
    offline:
      '{reason, select, model {Dieses Modell muss zuerst geladen werden. Prüfe deine Verbindung und wähle es noch einmal. Es wurde nichts geändert.} samples {Die Beispielfotos ließen sich nicht laden. Prüfe deine Verbindung und versuche es noch einmal.} other {Du bist offline. Prüfe deine Verbindung und versuche es noch einmal.}}',
    internal:
      '{reason, select, picture {Akin konnte dieses Foto nicht lesen. Versuche es noch einmal oder sichere es in einem anderen Format.} crashed {Akin ist beim Öffnen dieser Datei dreimal abgestürzt und hat sie deshalb ausgelassen.} other {Etwas ist schiefgegangen. Versuche es noch einmal oder lade die Seite neu.}}',
  },
};
