// A line as slow as a phone's: a TCP relay in front of a node that lets so many bits a second pass, after a delay.
// One bucket for all connections, as a phone has one antenna. The relay is a process of its own, outside the slowed browser.
import { connect, createServer } from 'node:net';

class Direction {
  constructor({ bits_per_second, delay_ms }) {
    this.bytes_per_ms = bits_per_second / 8 / 1000;
    this.delay_ms = delay_ms;
    this.free_at = 0;   // when the line has sent all that was given to it
  }

  /// Calls `arrive(piece)` when each piece of `data` would have come through.
  carry(data, arrive) {
    const piece_bytes = 1460;
    for (let at = 0; at < data.length; at += piece_bytes) {
      const piece = data.subarray(at, at + piece_bytes), now = performance.now();
      this.free_at = Math.max(this.free_at, now) + piece.length / this.bytes_per_ms;
      setTimeout(arrive, this.free_at + this.delay_ms - now, piece);
    }
  }
}

/// A relay to `target` (a port of this host): { port, cut(), mend(), close() }.
export async function slow_line(target, { bits_per_second = 1.6e6, round_trip_ms = 150 } = {}) {
  const down = new Direction({ bits_per_second, delay_ms: round_trip_ms / 2 }), up = new Direction({ bits_per_second, delay_ms: round_trip_ms / 2 });
  const open = new Set();
  let is_cut = false;
  const server = createServer((near) => {
    if (is_cut) return near.destroy();
    const far = connect(target, '127.0.0.1');
    open.add(near);
    for (const [from, to, direction] of [[near, far, up], [far, near, down]]) {
      from.on('data', (data) => direction.carry(data, (piece) => { if (to.writable) to.write(piece); }));
      from.on('error', () => to.destroy());
      from.on('close', () => { open.delete(near); setTimeout(() => to.end(), direction.delay_ms + 20); });
    }
  });
  await new Promise((resolve, reject) => server.listen(0, '127.0.0.1', resolve).on('error', reject));
  const drop = () => { for (const socket of open) socket.destroy(); };
  return {
    port: server.address().port,
    cut() { is_cut = true; drop(); },
    mend() { is_cut = false; },
    close: () => new Promise((resolve) => { drop(); server.close(resolve); }),
  };
}
