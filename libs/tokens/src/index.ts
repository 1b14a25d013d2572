export * from './magic-link';
