// This machine once more, copy on write: an overlay over / in a mount namespace of its own, thrown away at the end. What installs itself is
// installed there, by the real dpkg, and what it leaves behind is what lies in the upper layer.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, runAsync, type Output } from './program.ts';

/** A script for bash inside the copy; folder: of this machine, seen at the same path inside. */
const enter = String.raw`
set -eu
layers=$(mktemp -d)
mount --make-rprivate /
mount -t tmpfs -o size=2g layers "$layers"
mkdir "$layers/upper" "$layers/work" "$layers/machine"
mount -t overlay -o "lowerdir=/,upperdir=$layers/upper,workdir=$layers/work" machine "$layers/machine"
machine=$layers/machine
for place in dev proc sys; do mount --rbind "/$place" "$machine/$place"; done
for place in run tmp; do mount -t tmpfs "$place" "$machine/$place"; done
mkdir -p "$machine$1" "$machine/upper"
mount --bind "$1" "$machine$1"
mount --bind "$layers/upper" "$machine/upper"
exec chroot "$machine" bash -eu -o pipefail "$2"
`;
const unshared = ['--mount', '--pid', '--fork', '--kill-child'];

/** Why there can be no such copy here; undefined: there can. */
export function noCopiedMachine(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'try.sh'), 'touch /usr/anju-try && test -e /upper/usr/anju-try\n');
    const done = run('unshare', [...unshared, 'bash', '-c', enter, 'bash', folder, join(folder, 'try.sh')]);
    return done.code === 0 ? undefined : done.all.trim();
  } catch (error) { return (error as Error).message; }
}

/** Runs a script as root inside a fresh copy. All processes in it end with it. */
export function inCopiedMachine(folder: string, script: string, timeoutMs: number): Promise<Output> {
  writeFileSync(join(folder, 'script.sh'), script);
  return runAsync('unshare', [...unshared, 'bash', '-c', enter, 'bash', folder, join(folder, 'script.sh')], { timeoutMs });
}
