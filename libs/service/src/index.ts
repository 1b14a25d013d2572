export * from './settings';
export * from './logger';
export * from './problem';
export * from './bearer';
export * from './health';
export * from './http-app';
export * from './run';
export * from './checks';
