import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = ['/usr/bin/heif-enc', '/usr/local/bin/heif-enc', '/opt/homebrew/bin/heif-enc'];

/**
 * Path of libheif's encoder, used by tests to create HEIC pictures: `AKIN_HEIF_ENC`, or the
 * system's.
 */
export function findHeifEnc(): string | undefined {
  return [process.env.AKIN_HEIF_ENC, ...PLACES].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  );
}

/** Installs it if that is possible unattended: on Debian as root. */
export function installHeifEnc(): void {
  if (findHeifEnc() || !existsSync('/etc/debian_version') || process.getuid?.() !== 0) return;
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'libheif-examples'],
  ]) {
    console.log(`> apt-get ${args.join(' ')}`);
    spawnSync('apt-get', args, { stdio: 'inherit' });
  }
}

/**
 * Why HEIC tests are skipped; `false` if they aren't. In CI a skip would hide missing coverage, so
 * it is an error.
 */
export function whyNoHeifEnc(): string | false {
  if (findHeifEnc()) return false;
  const why = 'heif-enc is not installed (Debian: libheif-examples), or name it in AKIN_HEIF_ENC';
  if (process.env.CI !== undefined) throw new Error(`HEIC can’t be tested: ${why}.`);
  console.log(`Tests of HEIC pictures are skipped: ${why}.`);
  return why;
}
