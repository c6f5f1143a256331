import { hostLab } from './harness/hostLab.ts';
import { sampleSteps } from './steps/sampleSteps.ts';

const lab = hostLab('node');
sampleSteps(lab);
