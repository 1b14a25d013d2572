// Real folders, real processes: the lock must survive a kill and keep a second instance out.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from './data-folder';

describe('DATA_DIR', () => {
  const parent = mkdtempSync(join(tmpdir(), 'data-folder-'));
  const path = join(parent, 'data');
  afterAll(() => rmSync(parent, { recursive: true }));

  it('is made where missing and kept for one instance at a time', async () => {
    const first = await openDataFolder(path);
    await expect(openDataFolder(path)).rejects.toThrow(
      `DATA_DIR ${path} is in use by another running instance: stop it, or set DATA_DIR to another folder`,
    );
    first.release();
    (await openDataFolder(path)).release();
    expect(existsSync(join(path, 'running'))).toBe(false);
  });

  it('lets exactly one of many in that come at once after a kill', async () => {
    writeFileSync(join(path, 'running'), '1 left-behind-by-a-killed-process\n');
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => openDataFolder(path)));
    const inside = tries.filter((each) => each.status === 'fulfilled');
    expect(inside).toHaveLength(1);
    inside[0]?.value.release();
  });

  it('believes nobody who merely listens on the port of a killed instance', async () => {
    const other = await openDataFolder(join(parent, 'other'));
    const [port] = readFileSync(join(parent, 'other', 'running'), 'utf8').split(' ');
    writeFileSync(join(path, 'running'), `${port} another-word\n`);
    (await openDataFolder(path)).release();
    other.release();
  });

  it('makes secrets once, for its owner alone', async () => {
    const folder = await openDataFolder(path);
    const secrets = folder.secrets();
    expect(folder.secrets()).toEqual(secrets);
    expect(statSync(join(path, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(secrets.TOKEN_SECRET.length).toBeGreaterThanOrEqual(32);
    folder.release();
  });

  it('is named in one line when it cannot be used', async () => {
    const file = join(parent, 'a-file');
    writeFileSync(file, '');
    await expect(openDataFolder(join(file, 'below'))).rejects.toThrow(
      /^the folder .*a-file.below cannot be used \(EEXIST\): choose another with DATA_DIR$/,
    );
    await expect(openDataFolder(file)).rejects.toThrow(/cannot be used \(EEXIST\)/);
    // A file system that refuses with ENOENT is no reason to try for ever.
    for (const nowhere of ['/proc/x', '/dev/null/x'])
      await expect(openDataFolder(nowhere)).rejects.toThrow(/cannot be used \(E[A-Z]+\)/);
  });
});
