import type { LineageMethods } from '../../protocol/lineageProtocol.ts';

type ParamsOf<K extends keyof LineageMethods> = Parameters<LineageMethods[K]>[0];

/** Sends a wish to the host; a failure is shown by the page. */
export type Ask = <K extends keyof LineageMethods>(method: K, params: ParamsOf<K>) => void;

/** Sends a wish to the host and rejects with the host's failure. */
export type Send = <K extends keyof LineageMethods>(method: K, params: ParamsOf<K>) => Promise<void>;
