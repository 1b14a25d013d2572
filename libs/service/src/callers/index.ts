export * from './caller';
export * from './callers';
export * from './settings';
