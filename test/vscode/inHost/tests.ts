// Every test that runs inside the extension host, in their order: the later ones work on the sample of those before.
import './commands.ts';
import './sample.ts';
import './diagnostics.ts';
import './hints.ts';
import './dataQuality.ts';
import './testing.ts';
import './export.ts';
import './withDbt.ts';
