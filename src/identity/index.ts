/**
 * Whose face is this? The logic of people: what the user says and its undoing, clustering,
 * probabilities, suggestions and search. Pure: it knows no page, no storage and no clock.
 */

export type { ClusterSnapshot } from './clusters/clusterSnapshot.ts';
export { Clusters } from './clusters/clusters.ts';
export type { ClusterSettings } from './clusters/linker.ts';
export { DLIB_SETTINGS } from './clusters/linker.ts';
export type { PairwiseScore } from './clusters/pairwise.ts';
export { pairwise } from './clusters/pairwise.ts';
export type { Constraints, PersonFacts, SetAside } from './constraints/constraints.ts';
export { resolve, resolving } from './constraints/resolve.ts';
export type { BatchVectors } from './faces/batchVectors.ts';
export { batchVectors } from './faces/batchVectors.ts';
export type { Face, PersonId } from './faces/face.ts';
export { isPersonId } from './faces/face.ts';
export type { FaceId } from './faces/faceId.ts';
export { boxOf, isFaceId, photoHashOf } from './faces/faceId.ts';
export type { FaceVectors, Neighbours } from './faces/faceVectors.ts';
export { engineVectors } from './faces/faceVectors.ts';
export { matchFaces } from './faces/matchFaces.ts';
export type { ForgottenLog } from './log/forget.ts';
export { forgetPhotos } from './log/forget.ts';
export type { KeptLog } from './log/keptLog.ts';
export { readingKeptLog, readKeptLog } from './log/keptLog.ts';
export type { Log, Step } from './log/log.ts';
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
} from './log/log.ts';
export { exportLog, importing, importLog, LOG_VERSION } from './log/logFile.ts';
export { runInSlices, runThrough, SLICE, type Sliced } from './log/slices.ts';
export type { Word } from './log/words.ts';
export { MAX_FACES, MAX_NAME } from './log/words.ts';
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
} from './people/deeds.ts';
export type { People, Person } from './people/people.ts';
export { MIN_GROUP } from './people/people.ts';
export { peopleOf } from './people/peopleOf.ts';
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
export type { Known, PhotoMatch, RankedPerson, Ranking, Verdict } from './verdicts/rank.ts';
export { photosWithFace, rankPeople } from './verdicts/rank.ts';
export type { Suggestion } from './verdicts/suggest.ts';
export { suggestionsFor } from './verdicts/suggest.ts';
