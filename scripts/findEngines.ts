import { engineNames, hasEngine, howToGet, installEngines } from './engines.ts';

// Prints the engines that the tests will run in. With CI set, all are required and installed.

const ci = process.env.CI !== undefined;
let missing = engineNames.filter((name) => !hasEngine(name));
if (ci && missing.length > 0) {
  installEngines(missing);
  missing = engineNames.filter((name) => !hasEngine(name));
}
for (const name of engineNames) {
  console.log(missing.includes(name) ? `${name}: not here. ${howToGet(name)}` : `${name}: found`);
}
if (missing.length > 0) {
  console.log(
    ci
      ? 'With CI set, every engine is needed.'
      : 'The tests of engines that are not here are skipped.',
  );
}
process.exit(ci && missing.length > 0 ? 1 : 0);
