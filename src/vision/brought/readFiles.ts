import { MODEL_LIMITS } from '../../base/broughtModel.ts';
import { AkinError } from '../../base/errors.ts';
import { isModelJson, MOST_JSON_BYTES, type ModelJson, readModelJson } from './readModelJson.ts';

/** A file that the user dropped or chose; its name may include folders. */
export interface BroughtFile {
  readonly name: string;
  readonly file: Blob;
}

/** The files of one model, cross-checked; weights are not read yet. */
export interface BroughtFiles {
  readonly model: ModelJson;
  /** Weight files, in byte order. */
  readonly shards: readonly BroughtFile[];
  /** Total of all files. */
  readonly bytes: number;
  readonly parameters: number;
  /** Never empty. */
  readonly title: string;
  /** Names of files that are not part of the model. */
  readonly ignored: readonly string[];
}

/** Maximum JSON files inspected: a folder with more is not a model's. */
const MOST_JSONS = 50;
const MOST_NAMED = 3;

const unreadable = (message: string): AkinError => new AkinError('model-unreadable', message);

const partsOf = (path: string): string[] =>
  path.split(/[/\\]+/).filter((part) => part !== '' && part !== '.');
const baseName = (path: string): string => partsOf(path).at(-1) ?? '';
const folderOf = (path: string): string => partsOf(path).slice(0, -1).join('/');

/** Makes a name safe to show. */
const shown = (name: string): string =>
  name
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be shown
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '')
    .slice(0, 100);

async function parse({ name, file }: BroughtFile): Promise<unknown> {
  if (file.size > MOST_JSON_BYTES) return undefined;
  let text: string;
  try {
    text = await file.text();
  } catch (cause) {
    throw new AkinError('unreadable-file', `${shown(baseName(name))} could not be read.`, {
      details: { reason: 'model' },
      cause,
    });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Finds the file that describes the model, and parses it. */
async function findModel(files: readonly BroughtFile[]) {
  const jsons = files.filter(({ name }) => /\.json$/i.test(name));
  const named = (file: BroughtFile) => baseName(file.name).toLowerCase() === 'model.json';
  const ordered = [...jsons.filter(named), ...jsons.filter((file) => !named(file))];
  const models: { file: BroughtFile; json: unknown }[] = [];
  for (const file of ordered.slice(0, MOST_JSONS)) {
    const json = await parse(file);
    if (isModelJson(json)) models.push({ file, json });
  }
  const [found, another] = models;
  if (another && found) {
    throw unreadable(
      `There are several models here: ${shown(found.file.name)} and ${shown(another.file.name)}. Choose the files of one.`,
    );
  }
  if (found) return found;
  const [broken] = ordered.filter(named);
  throw unreadable(
    broken
      ? 'The model.json can’t be read: it is damaged, or isn’t from TensorFlow.js. Download or convert the model again.'
      : 'No TensorFlow.js model is among these files. Choose its model.json together with its files of weights (.bin).',
  );
}

/** Resolves a path of the manifest, relative to `model.json` or by file name. */
function findShard(
  path: string,
  folder: string,
  files: readonly BroughtFile[],
): BroughtFile | undefined {
  const wanted = [folder, ...partsOf(path)].filter((part) => part !== '').join('/');
  const exact = files.find(({ name }) => partsOf(name).join('/') === wanted);
  if (exact) return exact;
  const alike = files.filter(({ name }) => baseName(name) === baseName(path));
  return alike.length === 1 ? alike[0] : undefined;
}

function checkComplete(missing: readonly string[]): void {
  if (missing.length === 0) return;
  const listed = missing
    .slice(0, MOST_NAMED)
    .map((path) => shown(baseName(path)))
    .join(', ');
  const rest = missing.length - MOST_NAMED;
  throw new AkinError(
    'model-incomplete',
    `The model isn’t complete: ${listed}${rest > 0 ? ` and ${rest} more` : ''} ${missing.length === 1 ? 'is' : 'are'} missing. Choose all of the model’s files together.`,
    { details: { names: listed, count: missing.length } },
  );
}

const megabytes = (bytes: number): string =>
  `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MB`;

function checkSize(bytes: number): void {
  if (bytes <= MODEL_LIMITS.bytes) return;
  throw new AkinError(
    'model-too-large',
    `The model has ${megabytes(bytes)} of weights; Akin takes ${megabytes(MODEL_LIMITS.bytes)} at most. Convert it with quantized weights (float16 or uint8), or choose a smaller one.`,
    { details: { sizeBytes: bytes, limitBytes: MODEL_LIMITS.bytes } },
  );
}

const TITLES_OF_TOOLS = /^(model|models|tfjs|web_?model|tfjs_?model|js|export|saved_?model)$/i;

function titleOf(file: BroughtFile, { topology }: ModelJson): string {
  const config = (topology.model_config ?? topology) as { config?: { name?: unknown } };
  const name = typeof config.config?.name === 'string' ? config.config.name : '';
  const stem = baseName(file.name).replace(/\.json$/i, '');
  const guesses = [...partsOf(folderOf(file.name)).reverse(), stem, name];
  const good = guesses.map(shown).find((guess) => guess.trim() && !TITLES_OF_TOOLS.test(guess));
  return good?.replaceAll('_', ' ').trim() || 'My model';
}

/**
 * Finds a model among files, and compares their sizes with `model.json` before allocating anything.
 *
 * @throws AkinError `model-unreadable`, `model-incomplete`, `model-wrong-weights`,
 *   `model-too-large`, `unreadable-file`
 */
export async function readFiles(files: readonly BroughtFile[]): Promise<BroughtFiles> {
  const { file, json } = await findModel(files);
  const model = readModelJson(json);
  // Check both the declared and the actual size.
  checkSize(model.groups.reduce((sum, { bytes }) => sum + bytes, 0));
  const folder = folderOf(file.name);
  const missing: string[] = [];
  const grouped = model.groups.map(({ paths }) =>
    paths.flatMap((path) => {
      const shard = findShard(path, folder, files);
      if (!shard) missing.push(path);
      return shard ?? [];
    }),
  );
  checkComplete(missing);
  const shards = grouped.flat();
  const total = shards.reduce((sum, shard) => sum + shard.file.size, 0);
  checkSize(total);
  for (const [i, group] of model.groups.entries()) {
    const bytes = grouped[i]!.reduce((sum, shard) => sum + shard.file.size, 0);
    if (bytes === group.bytes) continue;
    const [names, has] = [group.paths.map(baseName).map(shown), group.paths.length === 1];
    throw new AkinError(
      'model-wrong-weights',
      `${names.slice(0, MOST_NAMED).join(', ')} ${has ? 'has' : 'have'} ${bytes.toLocaleString('en')} bytes where model.json says ${group.bytes.toLocaleString('en')}. The download may have been cut off, or the files are of another model.`,
      {
        details: {
          reason: 'cut',
          names: names.slice(0, MOST_NAMED).join(', '),
          sizeBytes: bytes,
          wantedBytes: group.bytes,
        },
      },
    );
  }
  const own = new Set<BroughtFile>([file, ...shards]);
  if (own.size !== shards.length + 1) {
    throw new AkinError('model-wrong-weights', 'The model.json names a file of weights twice.');
  }
  return {
    model,
    shards,
    bytes: file.file.size + total,
    parameters: model.groups.reduce((sum, { numbers }) => sum + numbers, 0),
    title: titleOf(file, model),
    ignored: files.filter((each) => !own.has(each)).map(({ name }) => shown(name)),
  };
}
