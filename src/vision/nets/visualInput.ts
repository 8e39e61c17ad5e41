import spec from '../../../models/efficientnet-lite1/spec.json';
import { type NetInputSpec, readNetSpec } from './spec.ts';

/** What the net of the built-in visual vector is shown, known without loading the net. */
export const visualInput: NetInputSpec = readNetSpec(spec).input;
