// Forwarding as RabbitMQ does it safely: a persistent message into a quorum queue with a publisher's confirm, taken and
// acknowledged by a consumer on a connection of its own. A message is through when it is confirmed and has been taken.
import { randomBytes } from 'node:crypto';
import { from_npm } from './machinery.mjs';

/// Milliseconds of `count` messages of `size` octets, never more than `window` under way.
export async function forward(port, { count, size, window }) {
  const amqp = from_npm('amqplib'), url = `amqp://guest:guest@127.0.0.1:${port}`, queue = `letters-${window}`;
  const [sending, taking] = [await amqp.connect(url, { noDelay: true }), await amqp.connect(url, { noDelay: true })];
  const [out, taker] = [await sending.createConfirmChannel(), await taking.createChannel()];
  await out.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  await taker.prefetch(Math.max(window, 1));

  const octets = randomBytes(size), under_way = new Map(), times = [];
  const send = (number) => new Promise((through) => {
    let halves = 0;
    const begun = performance.now();
    const half = () => {
      if (++halves < 2) return;
      times.push(performance.now() - begun);
      through();
    };
    under_way.set(String(number), half);
    out.sendToQueue(queue, octets, { persistent: true, messageId: String(number) }, (refused) => { if (!refused) half(); });
  });
  await taker.consume(queue, (message) => {
    taker.ack(message);
    under_way.get(message.properties.messageId)?.();
    under_way.delete(message.properties.messageId);
  });

  let next = 0;
  const lane = async () => { while (next < count) await send(next++); };
  await Promise.all(Array.from({ length: window }, lane));
  await Promise.all([sending.close(), taking.close()]);
  return times;
}
