export { type ColorQuery, type ColorTerm, combineColors } from './colors/colorQuery.ts';
export {
  type ColorMeasure,
  type ColorShare,
  hasColors,
  isHexColor,
  likeColorsOf,
} from './colors/measures.ts';
export {
  colorsIn,
  mergeColors,
  NO_COLORS,
  type PhotoColors,
  placeOf,
} from './colors/photoColors.ts';
export {
  CUT,
  type CutModel,
  cutVariables,
  endOfList,
  LEAST_LIKELY,
  LEAST_LISTED,
  LOOK_ALIKE_CHANCE,
  type Ranked,
} from './cut/endOfList.ts';
export { type DatePhrase, parseDate, rangeOf } from './dates/datePhrase.ts';
export {
  checkFilter,
  isFiltering,
  isInFolder,
  ORIENTATIONS,
  type Orientation,
  orientationOf,
  type PhotoFilter,
  passing,
  type Range,
} from './filters/filters.ts';
export { foldName } from './filters/foldName.ts';
export { factsOf, NO_FACTS, type PhotoFact, type PhotoFacts } from './filters/photoFacts.ts';
export { Neighborhood } from './rerank/neighborhood.ts';
export { type Candidate, neighborhoodOf, RERANKED, rerank } from './rerank/rerank.ts';
export { type FilterSuggestion, suggestFilters } from './suggestions/suggestFilters.ts';
export { combine, LESS, type VectorTerm } from './vectors/combine.ts';
