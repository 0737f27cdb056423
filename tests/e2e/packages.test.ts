// The Debian packages, installed by the real dpkg on a copy of this machine: a user and a folder each, nothing overwritten by an upgrade, the
// books kept by a purge, and nothing else left behind.

import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { inCopiedMachine, noCopiedMachine } from './lib/copied-machine.ts';
import { freePort } from './lib/ports.ts';
import { run, runAsync } from './lib/program.ts';
import { binaries, root, webFolder } from './lib/stack.ts';

const folder = `${root}/build/e2e/packages`;
const why = noCopiedMachine(folder);
if (why) console.warn(`packages.test.ts: skipped, no copy of this machine can be made here: ${why}`);

const names = ['anju-gateway', 'anju-platform', 'anju-sim'] as const;
let port: number;

/** What every script below may use. */
const prelude = () => `
cd ${folder}
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 ASAN_OPTIONS=detect_leaks=0
fail() { echo "FAILED: $*"; exit 1; }
as() { (become "$@"); }
become() { user=$1; shift; exec setpriv --reuid="$user" --regid="$user" --init-groups --no-new-privs --bounding-set=-all env HOME=/nonexistent "$@"; }
is() { [ "$(stat -c '%U %a' "$1")" = "$2" ] || fail "$1 is $(stat -c '%U %a' "$1"), not $2"; }
page() { exec 3<>/dev/tcp/127.0.0.1/${port} && printf 'GET / HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3 && cat <&3; }
install_all() { dpkg -i $(printf 'v%s/%s.deb ' $(for name in ${names.join(' ')}; do echo "$1" "$name"; done)) >install.log 2>&1 || { cat install.log; fail "dpkg -i"; }; }
`;
const played = (text: string) => inCopiedMachine(folder, prelude() + text, 280_000);

describe.skipIf(why)('packages', () => {
  beforeAll(async () => {
    port = await freePort();
    expect(existsSync(join(webFolder, 'index.html')), 'the console is built').toBe(true);
    const packed = await runAsync('cpack', ['-D', 'CPACK_DEBIAN_COMPRESSION_TYPE=gzip', '-B', join(folder, 'packed')], { cwd: dirname(binaries), timeoutMs: 540_000 });
    expect(packed.code, packed.all).toBe(0);
    rmSync(join(folder, 'packed/_CPack_Packages'), { recursive: true });
    for (const version of ['1', '2']) mkdirSync(join(folder, `v${version}`), { recursive: true });
    for (const name of names) {
      const file = readdirSync(join(folder, 'packed')).find((one) => one.startsWith(`${name}_`) && one.endsWith('.deb'));
      expect(file, name).toBeDefined();
      copyFileSync(join(folder, 'packed', file!), join(folder, 'v1', `${name}.deb`));
      // The next version: the same files under a higher number.
      const next = run('sh', ['-c', `rm -rf next && dpkg-deb -R v1/${name}.deb next && sed -i 's/^Version: .*/&+next/' next/DEBIAN/control &&
        dpkg-deb -Znone -b next v2/${name}.deb`], { cwd: folder, timeoutMs: 120_000 });
      expect(next.code, next.all).toBe(0);
    }
  }, 600_000);

  test('install, start, upgrade and remove cleanly', async () => {
    const done = await played(`
install_all 1
grep -q 'anju-platform init' install.log || fail "the first login is not explained: $(cat install.log)"
for name in anju-gateway anju-platform; do
  getent passwd $name | grep -q nologin || fail "$name has no user without a shell: $(getent passwd $name)"
  is /etc/$name "$name 700"; is /var/lib/$name "$name 700"
done
is /etc/anju-platform/platform.toml "anju-platform 600"
[ ! -e /etc/anju-gateway/gateway.toml ] || fail "a gateway that nobody enrolled has a configuration"
anju-sim run --help >/dev/null
test -f /usr/share/anju/profiles/eastron-sdm630.toml

# As the units start them: their user, no capability.
config=/etc/anju-platform/platform.toml
as anju-platform sed -i 's/:8080/:${port}/; s/:1883/:1/' $config
as anju-platform anju-platform init --config $config --organisation Garden >first-login
become anju-platform anju-platform serve --config $config >platform.log 2>&1 & platform=$!
for i in $(seq 300); do page 2>/dev/null >page.html && break || sleep 0.2; done
grep -q '<div id="root"' page.html || { cat platform.log; fail "the console is not served"; }
kill $platform; wait $platform || fail "serve ended with $?"

as anju-gateway sh -c 'cp /usr/share/doc/anju-gateway/examples/gateway.toml /etc/anju-gateway/ && umask 77 && head -c 32 /dev/urandom | od -An -tx1 | tr -d " \\n" >/etc/anju-gateway/gateway.key'
as anju-gateway sed -i 's|^url.*|url = "mqtt://127.0.0.1:1"|; /ca_file/d' /etc/anju-gateway/gateway.toml
command=$(sed -n '/^ExecStart=/,/[^\\\\]$/{s/^ExecStart=//; s/\\\\$//; p}' /usr/lib/systemd/system/anju-gateway.service | tr -d '\\n')
become anju-gateway $command >gateway.log 2>&1 & gateway=$!
for i in $(seq 300); do grep -q ' runs, epoch' gateway.log && break || sleep 0.2; done
grep -q ' runs, epoch' gateway.log || { cat gateway.log; fail "the gateway does not run"; }
kill $gateway; wait $gateway || { cat gateway.log; fail "run ended with $?"; }

before=$(sha256sum /etc/anju-platform/platform.toml /etc/anju-gateway/* /var/lib/anju-platform/platform.db)
install_all 2
! grep -q 'anju-platform init' install.log || fail "an upgrade explains the first login again"
[ "$(dpkg-query -W -f '\${Version}' anju-platform)" != "$(dpkg-deb -f v1/anju-platform.deb Version)" ] || fail "not upgraded"
[ "$before" = "$(sha256sum /etc/anju-platform/platform.toml /etc/anju-gateway/* /var/lib/anju-platform/platform.db)" ] || fail "the upgrade changed configuration or books"

dpkg -r ${names.join(' ')} >remove.log 2>&1 || fail "$(cat remove.log)"
[ ! -e /usr/bin/anju-platform ] || fail "the program is still there"
[ "$before" = "$(sha256sum /etc/anju-platform/platform.toml /etc/anju-gateway/* /var/lib/anju-platform/platform.db)" ] || fail "removing took configuration or books"
install_all 1
dpkg -P ${names.join(' ')} >purge.log 2>&1 || fail "$(cat purge.log)"
grep -q 'holds the books and is kept' purge.log || fail "the purge does not say what it keeps: $(cat purge.log)"
test -s /var/lib/anju-platform/platform.db || fail "the purge took the books"
echo "LEFT:"
cd /upper && find . -type f -not -path './var/lib/dpkg/*' -not -path './var/log/*' -not -path './var/lib/anju-platform/*' \\
  -not -path './upper/*' -not -path './var/cache/*' -not -regex './etc/\\(passwd\\|group\\|shadow\\|gshadow\\|subuid\\|subgid\\|.pwd.lock\\)-?' | sort
echo "ENDS"
`);
    expect(done.code, done.all).toBe(0);
    expect(/LEFT:\n([\s\S]*)ENDS/.exec(done.stdout)?.[1]).toBe('');
  });

  test('the units are sound and closed', async () => {
    const done = await played(`
install_all 1
for name in anju-gateway anju-platform; do
  unit=/usr/lib/systemd/system/$name.service
  systemd-analyze verify --man=no --recursive-errors=no $unit || fail "verify $name"
  systemd-analyze security --offline=true --threshold=20 --no-pager $unit || fail "$name is exposed by more than 2.0"
done
`);
    expect(done.code, done.all).toBe(0);
    expect(done.all.match(/Overall exposure level[^\n]*/g)).toHaveLength(2);
  });
});
