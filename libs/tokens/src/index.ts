export * from './magic-link';
export * from './reply-tag';
