import { createRoot } from 'react-dom/client';
import type { LineageEvents, LineageMethods } from '../../protocol/lineageProtocol.ts';
import { RpcClient } from '../../protocol/rpc.ts';
import { openHostPort } from '../shared/hostPort.ts';
import { createLayouter } from './layouter.ts';
import type { Send } from './ask.ts';
import { LineageApp } from './lineageApp.tsx';
import '@xyflow/react/dist/base.css';
import '../shared/look.css';
import './lineage.css';

const element = document.getElementById('root');
if (element === null) throw new Error('the page has no root');
const root = createRoot(element);
const port = openHostPort();
const client = new RpcClient<LineageMethods, LineageEvents>(port);
const layouter = createLayouter();
const send: Send = (method, params) => client.request(method, params as never);

client.on('snapshot', (snapshot) => root.render(<LineageApp snapshot={snapshot} send={send} layouter={layouter} />));
port.sayReady();
