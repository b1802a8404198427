// Runs the portal's module on whichever thread this is loaded: the portal's worker, or the page itself.
//
// Nothing runs at rest: a frame is tried after messages, or again when the last one wanted it; and never before the
// page has shown the one before.
import { SecondPart } from './second-part.js';

const try_again_ms = 2000;
/// What the module wants next, as it says after a frame (stage.h): another one, or to rehearse when nobody does anything.
const another_frame = 1, rehearsal = 2, frame_ms = 30, rest_ms = 60, breath_ms = 4;

// A preload that has failed is handed out again, so the second time must not be content with it.
const fetch_twice = (url) => fetch(url).catch(() => fetch(url, { cache: 'no-cache' }));

/// What the first part does by itself. Anything else is somebody's doing, and may lead to any screen.
const by_first_part = new Set(['start', 'viewport', 'scroll', 'hover', 'press', 'font', 'image', 'online', 'now', 'storage', 'stored', 'response', 'voice', 'usage', 'new-build',
  'contextlost', 'contextrestored']);

/// `gpu` is a GlCanvas, or null; `takeLayer(canvas, layer)` takes the picture just drawn for the screen, `takePicture(canvas)` one to be kept; `post(effect, blob, transfer)`
/// hands effects on. `wasmUrls` are the module's two parts; the second comes after the first frame or, where all is
/// wanted, before: `whole` says so here, and in the start message.
export async function startHost({ createPortal, wasmUrls: [firstUrl, secondUrl], whole, gpu, post, takeLayer, takePicture }) {
  let pictures = new Map(), waiting = false, scheduled = false, timer = 0, held = null, again = 0, followed = false, give_up;
  const second = new SecondPart(secondUrl), failed = new Promise((_, reject) => { give_up = reject; });
  if (whole) second.begin();
  const module = await Promise.race([failed, createPortal({
    gpu,
    instantiateWasm(imports, done) {
      WebAssembly.instantiateStreaming(fetch_twice(firstUrl), { ...imports, later: second.placeholders }).then(({ instance, module: code }) => {
        second.follows(instance);
        done(instance, code);
      }).catch(give_up);
      return {};
    },
    onPicture(name) {
      const picture = takePicture(gpu.canvas);
      post({ t: 'picture', name, picture }, null, picture.close ? [picture] : []);
    },
    onLayer: (region) => pictures.set(region + 1, takeLayer(gpu.canvas, region + 1)),
    onEffect: (effect, blob) => {
      if (effect.t === 'frame') {
        effect.pictures = [...pictures];
        waiting = true;
        post(effect, null, effect.pictures.map(([, picture]) => picture).filter((p) => typeof ImageBitmap !== 'undefined' && p instanceof ImageBitmap));
        pictures = new Map();
      } else {
        post(effect, blob, blob ? [blob.buffer] : []);
      }
      if (effect.t === 'frame' || effect.t === 'flow') follow_up();
    },
  })]);
  /// After a frame the second part is next; `loaded` says that the module wants the line no more, or can't have it now.
  async function follow_up() {
    if (followed) return second.load();
    followed = true;
    if (await second.load()) schedule();
    post({ t: 'loaded' }, null, []);
  }
  const encoder = new TextEncoder(), channel = new MessageChannel();
  const bytes = (data) => {
    const at = module._malloc(data.length || 1);
    module.HEAPU8.set(data, at);
    return at;
  };
  const frame = () => {
    scheduled = false;
    if (waiting) return;
    clearTimeout(timer);
    timer = 0;
    const wish = module._tb_frame(performance.now());
    if (wish === another_frame) timer = setTimeout(schedule, frame_ms);
    if (wish === rehearsal && second.linked) timer = setTimeout(rehearse, rest_ms);
  };
  /// What happens meanwhile comes first: its frame takes this timer away, and sets it anew.
  const rehearse = () => {
    timer = module._tb_rehearse() ? setTimeout(rehearse, breath_ms) : 0;
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    channel.port2.postMessage(0);
  };
  channel.port1.onmessage = frame;
  gpu?.canvas.addEventListener('webglcontextlost', (event) => { event.preventDefault(); send({ t: 'contextlost' }); });
  gpu?.canvas.addEventListener('webglcontextrestored', () => { gpu.set_up(); send({ t: 'contextrestored' }); });

  function send(message, blob) {
    message.now ??= Date.now();
    if (!held && (second.linked || (!message.whole && by_first_part.has(message.t)))) return deliver(message, blob);
    (held ??= []).push([message, blob]);
    release();
  }
  /// While something waits, a line that has failed is tried again.
  async function release() {
    clearTimeout(again);
    if (!(await second.load())) {
      again = setTimeout(release, try_again_ms);
      return;
    }
    if (!held) return;
    const all = held;
    held = null;
    for (const [message, blob] of all) deliver(message, blob);
  }
  function deliver(message, blob) {
    const json = encoder.encode(JSON.stringify(message)), data = blob ? new Uint8Array(blob.buffer ?? blob, blob.byteOffset ?? 0, blob.byteLength) : new Uint8Array(0);
    const json_at = bytes(json), data_at = bytes(data);
    module._tb_event(json_at, json.length, data_at, data.length);
    module._free(json_at);
    module._free(data_at);
    schedule();
  }
  return {
    send,
    /// The page has shown the last frame.
    shown() {
      waiting = false;
      schedule();
    },
    audit() {
      const at = module._tb_audit(), end = module.HEAPU8.indexOf(0, at);
      return new TextDecoder().decode(module.HEAPU8.slice(at, end));
    },
  };
}
