export * from './database';
export type { Queryable, Transaction } from './conversation';
export * from './entities';
export * from './outbox';
export * from './handled-events';
export * from './audit';
export * from './among';
export * from './dead-letters';
export * from './webhooks';
