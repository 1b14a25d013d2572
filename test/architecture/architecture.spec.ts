// The ladder holds here, and each rule is seen failing on a tree with one planted violation.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { check, type Violation } from './rules';

it('holds in this repository', () => {
  expect(check(join(__dirname, '..', '..')).map(({ file, rule, what }) => `${file}: ${rule}: ${what}`)).toEqual([]);
});

describe('the surface of this repository', () => {
  const root = join(__dirname, '..', '..');
  const text = (file: string): string => readFileSync(join(root, file), 'utf8');
  // Data: phrases and texts by language, mails as they came, and migrations, which never change.
  const isData = (file: string): boolean =>
    /\/phrases\/|\/texts\.|libs\/words\/src\/..\/|fixture|\/corpus\/|\/migrations\//.test(file);
  const sources = ['apps', 'libs', 'test', 'docker']
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((name) => `${top}/${name}`),
    )
    .filter((file) => /\.(?:ts|mjs|cjs)$/.test(file) && !/\/(?:node_modules|\.out|dist)\//.test(file) && !isData(file));
  const lengths = sources.flatMap((file) =>
    text(file)
      .split('\n')
      .map((line) => [file, line.length] as const),
  );

  it('has no line over 140 characters, and at most one in a hundred over 120', () => {
    expect(lengths.filter(([, length]) => length > 140)).toEqual([]);
    expect(lengths.filter(([, length]) => length > 120).length).toBeLessThan(lengths.length / 100);
  });

  it('has a README of at most 1,500 words with a picture, and a CHANGELOG', () => {
    const readme = text('README.md');
    expect(readme.split(/\s+/).length).toBeLessThan(1_500);
    expect(readme).toMatch(/!\[[^\]]+\]\([^)]+\.png\)/);
    expect(existsSync(join(root, 'CHANGELOG.md'))).toBe(true);
  });

  it.each([
    '@nestjs/common',
    '@nestjs/core',
    '@nestjs/jwt',
    '@nestjs/microservices',
    '@nestjs/typeorm',
    'amqp-connection-manager',
    'amqplib',
    'ical-generator',
    'ical.js',
    'mailparser',
    'nodemailer',
    'pg',
    'typeorm',
  ])('uses %s of the design card in product code', (name) => {
    const importing = new RegExp(`(?:from |import\\()'${name}(?:/[^']*)?'`);
    expect(
      sources.some((file) => /^(?:apps|libs)\//.test(file) && !file.includes('.spec.') && importing.test(text(file))),
    ).toBe(true);
  });
});

const innocent: Record<string, string> = {
  'libs/contracts/src/index.ts': `import { z } from 'zod';\nimport { domainToASCII } from 'node:url';\nexport * from './names';`,
  'libs/contracts/src/names.ts': `export const at = (millis: number) => new Date(millis);`,
  'libs/contracts/src/names.spec.ts': `import { Module } from '@nestjs/common';\nimport x from '#persistence';\nprocess.env;`,
  'libs/tokens/src/index.ts': `import { createHmac } from 'node:crypto';`,
  'libs/messaging/src/index.ts': `import { z } from '#contracts';\nimport amqp from 'amqplib';`,
  'libs/persistence/src/index.ts': `const rows = 'select count(*), 2 * 3 from letters';`,
  'libs/service/src/app-process.ts': `const port = process.env['PORT'];`,
  'apps/scheduling-api/src/rooms/decide.ts':
    `import type { Module } from '@nestjs/common';\nimport { samePerson } from '#contracts';\nimport { evolve } ` +
    `from './room';`,
  'apps/scheduling-api/src/rooms/room.ts': `export const evolve = () => undefined;`,
  'apps/scheduling-api/src/rooms/rooms.store.ts':
    `import { randomUUID } from 'node:crypto';\nimport { Database } from '#persistence';\nconst now = new ` + `Date();`,
  'apps/scheduling-api/src/main.ts': `const env = process.env;`,
  'apps/notification-sender/src/letters/letters.ts': `import { z } from '#contracts';`,
  'apps/imip-ingestor/src/interpret/interpret.ts': `import { readCalendar } from '#ics';`,
  'apps/imip-ingestor/src/judge/judge.ts': `export {};`,
  'apps/standalone/src/main.ts': `import { SchedulingApiModule } from '../../scheduling-api/src/main';`,
};

/** One violation each: the file that gets it, the line, and what must be found there. */
const planted: [file: string, line: string, rule: Violation['rule'], what: string][] = [
  [
    'libs/contracts/src/names.ts',
    `import { Database } from '#persistence';`,
    'ladder',
    'contracts imports #persistence',
  ],
  [
    'libs/contracts/src/names.ts',
    `import type { Database } from '#persistence';`,
    'ladder',
    'contracts imports #persistence (a type)',
  ],
  ['libs/ics/src/index.ts', `import { same } from '#contracts';`, 'ladder', 'ics imports #contracts'],
  ['libs/tokens/src/index.ts', `export * from '#ics';`, 'ladder', 'tokens imports #ics'],
  [
    'libs/messaging/src/index.ts',
    `import { Database } from '#persistence';`,
    'ladder',
    'messaging imports #persistence',
  ],
  ['libs/persistence/src/index.ts', `import { Relay } from '#messaging';`, 'ladder', 'persistence imports #messaging'],
  [
    'libs/persistence/src/index.ts',
    `import { migrate } from '#service/process';`,
    'ladder',
    'persistence imports #service/process',
  ],
  [
    'libs/persistence/src/index.ts',
    `import { x } from '../../messaging/src/index';`,
    'crossing',
    'persistence reaches into libs/messaging by a path',
  ],
  ['libs/service/src/logger.ts', `import { build } from '#ics';`, 'ladder', 'service imports #ics'],
  [
    'libs/service/src/logger.ts',
    `import { x } from '../../../apps/scheduling-api/src/main';`,
    'crossing',
    'service reaches into apps/scheduling-api by a path',
  ],
  [
    'apps/scheduling-api/src/rooms/rooms.store.ts',
    `import { letters } from '../../../notification-sender/src/letters/letters';`,
    'crossing',
    'scheduling-api reaches into apps/notification-sender by a path',
  ],
  [
    'apps/imip-ingestor/src/inbox/reader.ts',
    `const m = await import('../../../standalone/src/main');`,
    'crossing',
    'imip-ingestor reaches into apps/standalone by a path',
  ],
  [
    'apps/standalone/src/main.ts',
    `import { x } from '../../../libs/ics/src/index';`,
    'crossing',
    'standalone reaches into libs/ics by a path',
  ],
  [
    'apps/scheduling-api/src/rooms/decide.ts',
    `import { Injectable } from '@nestjs/common';`,
    'pure-import',
    'Injectable of @nestjs/common',
  ],
  [
    'apps/scheduling-api/src/rooms/decide-more.ts',
    `import { readFileSync } from 'node:fs';`,
    'pure-import',
    'readFileSync of node:fs',
  ],
  [
    'apps/scheduling-api/src/rooms/room.ts',
    `import { randomUUID } from 'node:crypto';`,
    'pure-import',
    'randomUUID of node:crypto',
  ],
  [
    'apps/scheduling-api/src/rooms/room.ts',
    `import { Problem } from '#service';`,
    'pure-import',
    'Problem of #service',
  ],
  [
    'apps/notification-sender/src/letters/letters.ts',
    `import nodemailer from 'nodemailer';`,
    'pure-import',
    '* of nodemailer',
  ],
  ['apps/imip-ingestor/src/judge/judge.ts', `const fs = require('fs');`, 'pure-import', '* of fs'],
  ['apps/imip-ingestor/src/interpret/interpret.ts', `const late = new Date();`, 'clock', 'new Date()'],
  ['apps/imip-ingestor/src/interpret/interpret.ts', `const late = Date.now();`, 'clock', 'Date.now'],
  ['libs/ics/src/index.ts', `const now = Temporal.Now.instant();`, 'clock', 'Temporal.Now'],
  ['libs/tokens/src/index.ts', `const n = Math.random();`, 'randomness', 'Math.random'],
  ['libs/tokens/src/index.ts', `const n = crypto.randomUUID();`, 'randomness', 'crypto.randomUUID'],
  ['apps/notification-sender/src/sending/mailer.ts', `const url = process.env.SMTP_URL;`, 'environment', 'process.env'],
  ['libs/service/src/logger.ts', `const level = process['env'].LOG_LEVEL;`, 'environment', `process['env']`],
  [
    'libs/persistence/src/index.ts',
    'const sql = `select l.* from letters l where id = ${1}`;',
    'columns',
    'select l.*',
  ],
  [
    'libs/persistence/src/index.ts',
    'const sql = `with x as (select ${1} as a, r.* from r) select a from x`;',
    'columns',
    ', r.*',
  ],
  ['libs/persistence/src/index.ts', `const sql = 'delete from letters returning *';`, 'columns', 'returning *'],
  ['libs/persistence/src/index.ts', `interface Told { at: Date }`, 'name', 'Told'],
];

describe('a tree of sources', () => {
  const root = mkdtempSync(join(tmpdir(), 'architecture-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text + '\n// A line.'.repeat(25));
  };
  beforeEach(() => {
    rmSync(root, { recursive: true });
    for (const [file, text] of Object.entries(innocent)) write(file, text);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('that breaks no rule is left alone', () => expect(check(root)).toEqual([]));

  it.each(planted)('is caught when %s holds %s', (file, line, rule, what) => {
    write(file, `${innocent[file] ?? ''}\n${line}`);
    expect(check(root)).toEqual([{ file, rule, what }]);
  });

  it('is caught when a file is shorter than 25 lines', () => {
    const file = 'apps/scheduling-api/src/rooms/room.ts';
    writeFileSync(join(root, file), innocent[file] ?? '');
    expect(check(root)).toEqual([{ file, rule: 'short', what: '1 lines' }]);
  });

  it('is caught when a type is imported in a circle', () => {
    write('apps/scheduling-api/src/rooms/room.ts', `import type { decide } from './decide';`);
    const files = ['apps/scheduling-api/src/rooms/decide.ts', 'apps/scheduling-api/src/rooms/room.ts'];
    expect(check(root)).toEqual([{ file: files[0], rule: 'circle', what: files.join(' ') }]);
  });

  it('is caught when a pure file loads an impure one of its own app', () => {
    write('apps/scheduling-api/src/rooms/room.ts', `export * from './words';`);
    write('apps/scheduling-api/src/rooms/words.ts', `import pg from 'pg';`);
    expect(check(root)).toEqual([
      { file: 'apps/scheduling-api/src/rooms/words.ts', rule: 'pure-import', what: '* of pg' },
    ]);
  });
});
