/**
 * People, items and pairs of photos: assertions and their history, clustering, probabilities, suggestions and search.
 * Pure: no UI, storage or clock.
 */

export type { ClusterSnapshot } from './clusters/clusterSnapshot.ts';
export { Clusters } from './clusters/clusters.ts';
export type { ClusterSettings } from './clusters/linker.ts';
export { DLIB_SETTINGS } from './clusters/linker.ts';
export type { PairwiseScore } from './clusters/pairwise.ts';
export { pairwise } from './clusters/pairwise.ts';
export {
  buildConstraints,
  buildingConstraints,
} from './constraints/buildConstraints.ts';
export type {
  Constraints,
  Overridden,
  PersonFacts,
} from './constraints/constraints.ts';
export type { BatchVectors } from './faces/batchVectors.ts';
export { batchVectors } from './faces/batchVectors.ts';
export type { Face, PersonId } from './faces/face.ts';
export { isPersonId } from './faces/face.ts';
export type { FaceId } from './faces/faceId.ts';
export { boxOf, isFaceId, photoHashOf } from './faces/faceId.ts';
export type { FaceVectors, Neighbours } from './faces/faceVectors.ts';
export { engineVectors } from './faces/faceVectors.ts';
export { matchFaces } from './faces/matchFaces.ts';
export { forgetItemPhotos } from './items/forgetItemPhotos.ts';
export type { Fact, ItemAssertion, ItemDetails, ItemId } from './items/itemAssertions.ts';
export { ITEM_LIMITS, ITEM_LOG, isItemId, isLink, readDetails } from './items/itemAssertions.ts';
export type { Item } from './items/items.ts';
export { buildItems, buildingItems, Items, NO_ITEMS } from './items/items.ts';
export {
  fitVerdict,
  LEAST_NAMED,
  type Verdict as ItemVerdict,
  type VerdictSample,
} from './items/itemVerdict.ts';
export { ItemRanker, type ItemVectors, LIKE_EACH, type RankedItem } from './items/rankItems.ts';
export type { Assertion } from './log/assertions.ts';
export { facesOfAssertion, MAX_FACES, MAX_NAME } from './log/assertions.ts';
export type { ForgottenLog } from './log/forget.ts';
export { forgetPhotos } from './log/forget.ts';
export {
  appendLog,
  effectiveEntries,
  facesIn,
  nextEntry,
  nextId,
  PEOPLE_LOG,
  readingLog,
  readLog,
  renameFaces,
  revertEntry,
} from './log/log.ts';
export type { Log, LogEntry } from './log/logEntry.ts';
export { exportLog, importingLog, importLog, LOG_VERSION } from './log/logFile.ts';
export { type AssertionKind, LogFormat } from './log/logFormat.ts';
export type { ParsedLog } from './log/parseLog.ts';
export { parseLog, parsingLog, parsingLogOf } from './log/parseLog.ts';
export { runInSlices, runThrough, SLICE, type Sliced } from './log/slices.ts';
export { toVersion1 } from './log/version1.ts';
export { ApartSets } from './pairs/apartSets.ts';
export { type ChosenPair, choosePairs, type PairPool } from './pairs/choosePairs.ts';
export { forgetPairPhotos } from './pairs/forgetPairPhotos.ts';
export { chanceOf, type JudgedPair, Likeness } from './pairs/likeness.ts';
export { PAIR_LOG, type PairAssertion } from './pairs/pairAssertions.ts';
export { exportPairs, importingPairs } from './pairs/pairFile.ts';
export { groupPhotos, lastSaid, type PhotoGroups } from './pairs/photoGroups.ts';
export {
  answerAssertions,
  confirmAssertions,
  coverAssertions,
  hideAssertions,
  mergeAssertions,
  nameAssertions,
  rejectAssertions,
  sharedPhotos,
  splitAssertions,
} from './people/assertionBuilders.ts';
export { assignPeople } from './people/assignPeople.ts';
export type { People, Person } from './people/people.ts';
export { MIN_GROUP } from './people/people.ts';
export type { PeopleQuery, SeenWith } from './people/search.ts';
export { PeoplePhotos } from './people/search.ts';
export type { Calibration, CalibrationSet, LabelledDistance } from './verdicts/calibration.ts';
export {
  DLIB_CALIBRATION,
  fitCalibration,
  PRIOR_ODDS,
  probabilitySame,
  tableSamples,
} from './verdicts/calibration.ts';
export type { Evidence } from './verdicts/evidence.ts';
export type { Question } from './verdicts/questions.ts';
export { questions } from './verdicts/questions.ts';
export type {
  LibraryPeople,
  PhotoMatch,
  RankedPerson,
  Ranking,
  Verdict,
} from './verdicts/rank.ts';
export { photosWithFace, rankPeople } from './verdicts/rank.ts';
export type { Suggestion } from './verdicts/suggest.ts';
export { suggestionsFor } from './verdicts/suggest.ts';
