import { hostLab } from './harness/hostLab.ts';
import { cancelSteps } from './steps/cancelSteps.ts';
import { dataQualitySteps } from './steps/dataQualitySteps.ts';
import { faultSteps } from './steps/faultSteps.ts';
import { hintSteps } from './steps/hintSteps.ts';
import { noProjectSteps } from './steps/noProjectSteps.ts';
import { previewSteps } from './steps/previewSteps.ts';
import { sampleSteps } from './steps/sampleSteps.ts';

const lab = hostLab('web');
sampleSteps(lab);
previewSteps(lab);
dataQualitySteps(lab);
hintSteps(lab);
faultSteps(lab);
cancelSteps(lab);
noProjectSteps(lab);
