// What of a text names a person's address: the gate before letters and the stripping of notes.
export { holdsAddress, namesPerson } from './holds-address';
export * from './strip-addresses';
export * from './erase-person';
