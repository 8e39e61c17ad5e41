/** Acceptable names for a picture of a class, as WordNet synsets. */
export interface RightNames {
  /** These, with all descendants and ancestors. */
  readonly any?: readonly string[];
  /** These and their ancestors, as descendants would be wrong: a mango is a fruit, not a lemon. */
  readonly above?: readonly string[];
}

const FOOTWEAR = ['n03380867', 'n03381126', 'n04199027'];
const SHIRT = 'n04197391';
const SWEATER = ['n04370048', 'n04370456'];
const FRUIT: RightNames = { above: ['n07705931'] };
const VEGETABLE: RightNames = { above: ['n07707451'] };
const ROOT: RightNames = { above: ['n07710283'] };
/** Cartons and tubs on shelves: their contents, and the packages themselves. */
const PACKED = ['n02971356', 'n03871628', 'n03871083', 'n02883344'];
const DRINK: RightNames = { any: [...PACKED, 'n02876657'], above: ['n07881800'] };
const DAIRY: RightNames = { any: PACKED, above: ['n07555863', 'n07566340'] };

/** For the `clothing` set, by folder. */
export const CLOTHING_NAMES: Readonly<Record<string, RightNames>> = {
  dress: { any: ['n03236735', 'n03450230'] },
  hat: { any: ['n03497657', 'n03502509'] },
  longsleeve: { any: [SHIRT, ...SWEATER] },
  outwear: { any: ['n03863923', 'n03859495', 'n03057021', 'n03590306', 'n02963159', ...SWEATER] },
  pants: { any: ['n04489008'] },
  shirt: { any: [SHIRT] },
  shoes: { any: FOOTWEAR },
  shorts: { any: ['n04489008', 'n04371430'] },
  skirt: { any: ['n04230808'] },
  't-shirt': { any: [SHIRT] },
};

/** For the `grocery` set, by the catalog's group. All pictures are taken in shops. */
export const GROCERY_NAMES: Readonly<Record<string, RightNames>> = {
  Apple: { any: ['n07739125'] },
  Banana: { any: ['n07753592'] },
  Lemon: { any: ['n07749582'] },
  Mango: FRUIT,
  Melon: FRUIT,
  Orange: { any: ['n07747607'] },
  'Passion-Fruit': FRUIT,
  Pear: FRUIT,
  Plum: FRUIT,
  'Red-Grapefruit': { above: ['n07747055'] },
  Juice: DRINK,
  Milk: DRINK,
  'Soy-Milk': DRINK,
  'Sour-Milk': DRINK,
  Oatghurt: DAIRY,
  'Sour-Cream': DAIRY,
  Soyghurt: DAIRY,
  Yoghurt: DAIRY,
  Aubergine: { above: ['n07710007'] },
  Carrots: ROOT,
  Garlic: VEGETABLE,
  Leek: VEGETABLE,
  Onion: VEGETABLE,
  Pepper: { any: ['n07720442'] },
  Potato: { any: ['n07710616'] },
  'Red-Beet': ROOT,
  Tomato: { above: ['n07710007'] },
  Zucchini: { any: ['n07716358'] },
};

/** "Grocery store": right for every picture taken in one. */
export const GROCERY_STORE = 'n03461385';
