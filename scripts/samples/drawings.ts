/**
 * A class of the sample set, with its drawings from `fluentui-emoji` (file names without `.svg`).
 */
export interface DrawingClass {
  readonly name: string;
  readonly drawings: readonly string[];
}

/**
 * Things people photograph, about a dozen per class. No people: each comes in six skin tones, and a
 * few repeated faces would only be look-alike clutter. Footwear is included although the embedder
 * is weak at it: the set shows what the app does, not only what it does well. The toolbox is left
 * out: drawn as a red case with a handle, it looks like a bag and would count as an error.
 */
export const DRAWING_CLASSES: readonly DrawingClass[] = [
  {
    name: 'vehicles',
    drawings: words(`
      taxi oncoming-taxi automobile oncoming-automobile police-car oncoming-police-car bus minibus
      delivery-truck articulated-lorry sport-utility-vehicle pickup-truck fire-engine ambulance
      racing-car tractor auto-rickshaw motorcycle motor-scooter bicycle locomotive
      high-speed-train airplane helicopter sailboat speedboat passenger-ship
    `),
  },
  {
    name: 'fruit',
    drawings: words(`
      tangerine lemon lime red-apple green-apple pear peach cherries strawberry grapes watermelon
      melon pineapple mango banana kiwi-fruit blueberries coconut
    `),
  },
  {
    name: 'vegetables',
    drawings: words(`
      tomato eggplant avocado carrot ear-of-corn hot-pepper bell-pepper cucumber leafy-green
      broccoli garlic onion
    `),
  },
  {
    name: 'food',
    drawings: words(`
      bread croissant baguette-bread pretzel pancakes cheese-wedge hamburger french-fries pizza
      hot-dog sandwich taco sushi spaghetti cookie doughnut birthday-cake cupcake soft-ice-cream
      hot-beverage
    `),
  },
  {
    name: 'animals',
    drawings: words(`
      dog dog-face poodle guide-dog cat cat-face black-cat fox wolf lion tiger horse cow pig ewe
      rabbit hamster elephant giraffe zebra kangaroo panda koala bear owl parrot penguin duck
      turtle frog butterfly lady-beetle dolphin octopus
    `),
  },
  {
    name: 'bags',
    drawings: words('handbag clutch-bag purse backpack shopping-bags luggage briefcase'),
  },
  {
    name: 'shoes',
    drawings: words(`
      running-shoe mans-shoe hiking-boot flat-shoe high-heeled-shoe womans-sandal womans-boot
      thong-sandal ballet-shoes ice-skate roller-skate
    `),
  },
  {
    name: 'clothes',
    drawings: words(`
      t-shirt jeans dress coat necktie scarf gloves socks kimono sari shorts womans-hat top-hat
      billed-cap
    `),
  },
  {
    name: 'furniture',
    drawings: words('chair couch-and-lamp bed door mirror bathtub toilet television'),
  },
  {
    name: 'instruments',
    drawings: words(`
      guitar violin saxophone trumpet accordion musical-keyboard drum long-drum maracas
    `),
  },
  {
    name: 'sports',
    drawings: words(`
      soccer-ball basketball baseball american-football tennis volleyball bowling boxing-glove
      skateboard skis
    `),
  },
  {
    name: 'plants',
    drawings: words(`
      potted-plant cactus palm-tree deciduous-tree evergreen-tree sunflower tulip rose hibiscus
      cherry-blossom bouquet hyacinth mushroom
    `),
  },
  {
    name: 'tools',
    drawings: words('hammer axe wrench screwdriver carpentry-saw scissors ladder'),
  },
  {
    name: 'buildings',
    drawings: words(`
      house house-with-garden office-building hospital school castle japanese-castle church mosque
      hut
    `),
  },
];

/** Names in the package that read badly under a picture. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['mans-shoe', "Man's shoe"],
  ['womans-boot', "Woman's boot"],
  ['womans-sandal', "Woman's sandal"],
  ['womans-hat', "Woman's hat"],
  ['thong-sandal', 'Flip-flop'],
  ['billed-cap', 'Cap'],
  ['t-shirt', 'T-shirt'],
  ['kiwi-fruit', 'Kiwi'],
  ['ewe', 'Sheep'],
  ['lady-beetle', 'Ladybird'],
]);

/** The name shown under a drawing: `oncoming-taxi` reads "Oncoming taxi". */
export function drawingName(drawing: string): string {
  const plain = drawing.replaceAll('-', ' ');
  return RENAMED.get(drawing) ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
