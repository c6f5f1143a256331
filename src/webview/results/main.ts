import type { ResultsEvents, ResultsMethods } from '../../protocol/resultsProtocol.ts';
import { RpcClient } from '../../protocol/rpc.ts';
import { openHostPort } from '../shared/hostPort.ts';
import type { MeasureText } from './columnWidth.ts';
import { ResultsPage } from './resultsPage.ts';
import { registerGridModules } from './rowsGrid.ts';
import '../shared/look.css';
import './results.css';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
// A script's nonce can be read while it runs, by its own page only.
const nonce = document.currentScript?.nonce ?? '';
registerGridModules();
const port = openHostPort();
const client = new RpcClient<ResultsMethods, ResultsEvents>(port);
const page = new ResultsPage({ root, client, measure: measureAsBody(), nonce });
client.on('snapshot', (snapshot) => page.show(snapshot));
port.sayReady();

/** Text is measured on a canvas in the body's font, which is the grid's. */
function measureAsBody(): MeasureText {
  const context = document.createElement('canvas').getContext('2d');
  return (text, weight) => {
    if (context === null) return text.length * 8;
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(document.body);
    context.font = `${weight === 'bold' ? '600' : fontWeight} ${fontSize} ${fontFamily}`;
    return context.measureText(text).width;
  };
}
