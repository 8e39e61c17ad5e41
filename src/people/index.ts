/**
 * Whose face is this? The logic of people: what the user says and its undoing, clustering,
 * probabilities, suggestions and search. Pure: it knows no page, no storage and no clock.
 */

export type { BatchVectors } from './batchVectors.ts';
export { batchVectors } from './batchVectors.ts';
export type { Calibration, CalibrationSet, LabelledDistance } from './calibration.ts';
export {
  DLIB_CALIBRATION,
  fitCalibration,
  PRIOR_ODDS,
  probabilitySame,
  tableSamples,
} from './calibration.ts';
export type { ClusterSnapshot } from './clusterSnapshot.ts';
export { Clusters } from './clusters.ts';
export type { Constraints, PersonFacts, SetAside } from './constraints.ts';
export {
  answerWords,
  confirmWords,
  coverWords,
  hideWords,
  mergeWords,
  nameWords,
  rejectWords,
  sharedPhotos,
  splitWords,
} from './deeds.ts';
export type { Evidence } from './evidence.ts';
export type { Face, PersonId } from './face.ts';
export { isPersonId } from './face.ts';
export type { FaceId } from './faceId.ts';
export { boxOf, isFaceId, photoHashOf } from './faceId.ts';
export type { FaceVectors, Neighbours } from './faceVectors.ts';
export { engineVectors } from './faceVectors.ts';
export type { ForgottenLog } from './forget.ts';
export { forgetPhotos } from './forget.ts';
export type { KeptLog } from './keptLog.ts';
export { readingKeptLog, readKeptLog } from './keptLog.ts';
export type { ClusterSettings } from './linker.ts';
export { DLIB_SETTINGS } from './linker.ts';
export type { Log, Step } from './log.ts';
export {
  appendLog,
  checkRoom,
  facesIn,
  liveSteps,
  nextId,
  nextStep,
  readingLog,
  readLog,
  renameFaces,
  stepWeight,
  undoStep,
} from './log.ts';
export { exportLog, importing, importLog, LOG_VERSION } from './logFile.ts';
export { matchFaces } from './matchFaces.ts';
export type { PairwiseScore } from './pairwise.ts';
export { pairwise } from './pairwise.ts';
export type { People, Person } from './people.ts';
export { MIN_GROUP } from './people.ts';
export { peopleOf } from './peopleOf.ts';
export type { Question } from './questions.ts';
export { questions } from './questions.ts';
export type { Known, PhotoMatch, RankedPerson, Ranking, Verdict } from './rank.ts';
export { photosWithFace, rankPeople } from './rank.ts';
export { resolve, resolving } from './resolve.ts';
export type { PeopleQuery, SeenWith } from './search.ts';
export { PeoplePhotos } from './search.ts';
export { runInSlices, runThrough, SLICE, type Sliced } from './slices.ts';
export type { Suggestion } from './suggest.ts';
export { suggestionsFor } from './suggest.ts';
export type { Word } from './words.ts';
export { MAX_FACES, MAX_NAME } from './words.ts';
