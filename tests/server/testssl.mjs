// The public side under testssl.sh, with the certificate that trials use: its grade, and nothing of medium weight or more
// but what that certificate lacks for good reasons. Run: node testssl.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch_folder } from '../bench/peers/machinery.mjs';
import { start_tongban } from '../bench/peers/servers.mjs';
import { root } from '../browser/lib/chromium.mjs';

// deploy/setup long unpacks a version that gives grades, which Debian 12's own doesn't.
const unpacked = join(process.env.TONGBAN_DEPS ?? join(root, 'build/deps'), 'testssl');
const tool = join(unpacked, 'usr/bin/testssl'), grave = ['MEDIUM', 'HIGH', 'CRITICAL', 'FATAL'], patience_ms = 900_000;
// An authority of an afternoon publishes no list of what it has withdrawn.
const trial_lacks = new Set(['cert_revocation']);

if (!existsSync(tool)) {
  console.error('testssl.sh is not here: deploy/setup long');
  process.exit(77);
}

const { folder, remove } = scratch_folder('testssl');
execFileSync('bash', ['-c', 'set -euo pipefail; . deploy/lib/common.sh; . deploy/lib/trial_tls.sh; trial_tls_make "$1"', 'bash', join(folder, 'tls')], { cwd: root });
const tls = (name) => join(folder, 'tls', name), findings_file = join(folder, 'findings.json');
const node = await start_tongban(['--tls-cert', tls('node.crt'), '--tls-key', tls('node.key')]);
try {
  const run = spawnSync(tool, ['--quiet', '--color', '0', '--nodns', 'none', '--ip', '127.0.0.1', '--warnings', 'off', '--add-ca', tls('ca.crt'),
    '--jsonfile', findings_file, `https://localhost:${node.port}`], { cwd: folder, encoding: 'utf8', timeout: patience_ms, maxBuffer: 1 << 26,
    env: { ...process.env, TESTSSL_INSTALL_DIR: join(unpacked, 'etc/testssl') } });
  if (run.error) throw run.error;
  const findings = JSON.parse(readFileSync(findings_file, 'utf8'));
  const asked = findings.filter(({ severity }) => ['OK', ...grave].includes(severity)).length;
  const faults = findings.filter(({ id, severity }) => grave.includes(severity) && !trial_lacks.has(id));
  const grade = findings.find(({ id }) => id === 'overall_grade');
  for (const { id, severity, finding } of faults) console.error(`${severity} ${id}: ${finding}`);
  console.log(`grade: ${grade?.finding}`);
  console.log(`${findings.length} findings, ${asked} of them good or bad, ${faults.length} of medium weight or more; left out: ${[...trial_lacks].join(', ')}, and CAA, which needs a name of its own`);
  const offered = Object.fromEntries(findings.map(({ id, finding }) => [id, finding]));
  const spoken = offered.TLS1_3?.startsWith('offered') && offered.TLS1?.startsWith('not') && offered.HSTS_time?.includes('730 days');
  if (!spoken) console.error('TLS 1.3 and HSTS were not seen: this test would find nothing');
  process.exitCode = faults.length > 0 || !spoken || grade?.finding !== 'A+' ? 1 : 0;
} finally {
  await node.stop();
  remove();
}
