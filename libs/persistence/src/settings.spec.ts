// Which values the two variables of the database may have.
import { z } from 'zod';
import { databaseSettings } from './settings';

const shape = z.object(databaseSettings);
const faultOf = (url: string): string | undefined =>
  shape.safeParse({ DATABASE_URL: url }).error?.issues.map(({ message }) => message)[0];

it.each([
  'postgres://u:p@h/d',
  'postgresql:///d?host=/tmp',
  'postgres://u:p@h1/d,postgres://u:p@h2:6432/d',
  'postgres://u:p,w@h1/d?sslmode=require, postgresql://u:p,w@h2/d?sslmode=require',
])('%s is taken', (url) => expect(faultOf(url)).toBeUndefined());

it.each([
  ['mysql://h/d', 'must be a URL with postgres or postgresql'],
  [
    'postgres://u:secret@h1:5432,h2:5432/d',
    'names several hosts: write a whole URL for each, with commas between them',
  ],
  ['postgres://u:secret@h1/d,postgres://u:other@h2/d', 'item 2 must differ from item 1 in host and port only'],
  ['postgres://h1/d,postgres://h2/d,postgres://h3/e', 'item 3 must differ from item 1 in host and port only'],
  ['postgres://h1/d,', 'ends with a comma and no URL behind it'],
])('%s is refused: it %s', (url, fault) => expect(faultOf(url)).toBe(fault));
