// Certificates of a private authority, made with openssl when a test needs them; valid for two days.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './program.ts';

export interface Certificate { certificate: string; key: string }

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function openssl(...args: string[]) {
  const done = run('openssl', args);
  if (done.code !== 0) throw new Error(`openssl ${args[0]}: ${done.all}`);
}

export class Authority {
  readonly file: string;

  constructor(readonly folder: string, readonly name: string) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, `${name}.pem`);
    openssl('req', '-x509', ...curve, '-days', '2', '-subj', `/CN=${name}`, '-keyout', this.keyOf(name), '-out', this.file);
  }

  private keyOf(name: string) { return join(this.folder, `${name}.key`); }

  /** file: without its ending. names: subjectAltName for a server; absent: a client, whose common name is its user at the broker. */
  issue(file: string, commonName: string, names?: string): Certificate {
    const at = (ending: string) => join(this.folder, `${file}${ending}`);
    openssl('req', ...curve, '-subj', `/CN=${commonName}`, '-keyout', at('.key'), '-out', at('.csr'));
    writeFileSync(at('.ext'), names ? `subjectAltName=${names}\nextendedKeyUsage=serverAuth\n` : 'extendedKeyUsage=clientAuth\n');
    openssl('x509', '-req', '-in', at('.csr'), '-CA', this.file, '-CAkey', this.keyOf(this.name), '-CAcreateserial', '-days', '2',
      '-extfile', at('.ext'), '-out', at('.pem'));
    return { certificate: at('.pem'), key: at('.key') };
  }
}
