// Finds and removes mail addresses in texts: the check before letters are sent, and the stripping of notes.
export { holdsAddress, namesPerson } from './holds-address';
export * from './strip-addresses';
export * from './erase-person';
