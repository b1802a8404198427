// The intake as a good engineer of this stack would write it: Fastify with a JSON schema, one transaction with the
// case and its first event, the first answer again for the same id, 201 only when it is on the disk. It does less than
// our node: no catalogue's rules, no signed receipt, no canonical digest.
//
//   node fastify_server.mjs PORT sqlite|sqlite-batched|pg DATABASE
import { createHash, randomInt } from 'node:crypto';
import { from_npm } from './machinery.mjs';

const fastify = from_npm('fastify');

const person = {
  type: 'object', additionalProperties: false, required: ['name', 'identity_number'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 50 }, identity_number: { type: 'string', pattern: '^[0-9]{17}[0-9X]$' }, mobile: { type: 'string', maxLength: 20 } },
};
const submission = {
  type: 'object', additionalProperties: false,
  required: ['submission_id', 'item', 'catalogue_version', 'received_by', 'answers', 'applicant', 'materials', 'access_hash', 'sealed_at'],
  properties: {
    submission_id: { type: 'string', pattern: '^[0-9a-f]{32}$' },
    item: { type: 'string', maxLength: 20 },
    catalogue_version: { type: 'integer', minimum: 1 },
    received_by: { type: 'string', pattern: '^[0-9]{9}$' },
    answers: { type: 'object', additionalProperties: { type: 'string', maxLength: 50 } },
    applicant: person,
    registration: { type: 'string', pattern: '^[0-9]{9}$' },
    residence: { type: 'string', pattern: '^[0-9]{9}$' },
    address: { type: 'string', maxLength: 200 },
    statement: { type: 'string', maxLength: 2000 },
    materials: {
      type: 'array', maxItems: 100,
      items: {
        type: 'object', additionalProperties: false, required: ['material', 'way'],
        properties: { material: { type: 'string', maxLength: 20 }, way: { enum: ['bring', 'attached'] }, attachments: { type: 'array', maxItems: 20 } },
      },
    },
    access_hash: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    sealed_at: { type: 'string', maxLength: 30 },
  },
};
const answer = {
  type: 'object', properties: { submission_id: { type: 'string' }, number: { type: 'string' }, digest: { type: 'string' }, received_at: { type: 'string' } },
};

const day = () => new Date().toISOString().slice(0, 10).replaceAll('-', '');
/// One row of what will be stored.
const record_of = (body) => {
  const content = JSON.stringify(body);
  return {
    id: body.submission_id, number: `TB${day()}${randomInt(2 ** 40).toString(32)}`, item: body.item, centre: body.received_by,
    digest: createHash('sha256').update(content).digest('hex'), received_at: new Date().toISOString(), content,
  };
};

const [port, kind, database] = process.argv.slice(2);
const { open_store } = await import(kind === 'pg' ? './store_pg.mjs' : './store_sqlite.mjs');
const store = await open_store(database, { batched: kind === 'sqlite-batched' });
const app = fastify({ logger: false });
app.post('/api/v1/submissions', { schema: { body: submission, response: { '2xx': answer } } }, async (request, reply) => {
  const record = record_of(request.body);
  const { stored, fresh } = await store.take(record);
  if (stored.digest !== record.digest) return reply.code(409).send({});
  return reply.code(fresh ? 201 : 200).send({ submission_id: stored.id, number: stored.number, digest: stored.digest, received_at: stored.received_at });
});
process.on('SIGTERM', async () => { await app.close(); await store.close(); process.exit(0); });
await app.listen({ port: Number(port), host: '127.0.0.1' });
