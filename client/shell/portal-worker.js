// The portal's own thread: the module and its WebGL canvas. Speaks with main.js in messages {message, blob}.
import createPortal from './portal.js';
import { GlCanvas } from './gl-canvas.js';
import { startHost } from './portal-host.js';

const early = [];
let host;

// Some browsers have OffscreenCanvas, but no WebGL2 on it: the page must know before anything is built on it.
const gpu_here = () => (typeof OffscreenCanvas === 'undefined' ? null : GlCanvas.on(new OffscreenCanvas(16, 16)));

onmessage = ({ data }) => {
  if (data.shown) host?.shown();
  else if (data.audit) postMessage({ audit: data.audit, report: host.audit() });
  else if (host) host.send(data.message, data.blob);
  else early.push(data);
};

async function start() {
  const gpu = gpu_here();
  if (!gpu) throw new Error('no WebGL2 here');
  const starting = startHost({
    createPortal, gpu, whole: location.hash === '#whole', wasmUrls: [new URL('./portal-first.wasm', import.meta.url), new URL('./portal-later.wasm', import.meta.url)],
    takeLayer: (drawn) => drawn.transferToImageBitmap(),
    takePicture: (drawn) => drawn.transferToImageBitmap(),
    post: (effect, blob, transfer) => postMessage({ effect, blob }, transfer),
  });
  // The module is on its way, and this thread has nothing else to do.
  gpu.warm_up();
  gpu.canvas.transferToImageBitmap().close();
  host = await starting;
  postMessage({ ready: true });
  for (const { message, blob } of early.splice(0)) host.send(message, blob);
}

// Without a canvas, or when the module could not be had, the page tries by itself.
start().catch(() => postMessage({ unfit: true }));
