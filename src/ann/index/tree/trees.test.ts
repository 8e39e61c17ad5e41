import { describeTrees } from '../testing/treeHarness.ts';

describeTrees('a k-d tree', { kind: 'kdtree', leafSize: 12 }, 'maxLeaves', 1);
describeTrees(
  'a k-d tree of SQ8',
  { kind: 'kdtree', leafSize: 7, store: 'sq8' },
  'maxLeaves',
  0.94,
);
describeTrees('a forest', { kind: 'forest', trees: 4, leafSize: 12 }, 'searchK', 1);
describeTrees('a forest of SQ8', { kind: 'forest', trees: 3, store: 'sq8' }, 'searchK', 0.94);
