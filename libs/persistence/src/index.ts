export * from './database';
export * from './outbox';
export * from './handled-events';
export * from './audit';
export * from './dead-letters';
