// The reading thread out of the sources with a fault in it: a mail with the subject `spin` is read for ever, one with
// `hoard` fills the memory.
// Given to the reading pools as their `entry` by tests of what becomes of such a mail and of the others.
'use strict';
const modules = require('./typescript-modules.cjs');

const fault = `
const sound = interpret;
interpret = (mail) => {
  if (mail.subject === 'spin') for (;;);
  if (mail.subject === 'hoard') for (const all = []; ; ) all.push(new Array(100_000).fill({}));
  return sound(mail);
};`;
modules.appended = (filename) => (filename.endsWith('interpret/interpret.ts') ? fault : '');
require(modules.readingWorker);
