// Every test that runs inside the extension host.
import './commands.ts';
