export * from './vocabulary';
export * from './same-person';
export * from './same-person';
export * from './events';
export * from './envelope';
export * from './queues';
export * from './outbox.port';
export * from './letter-id';
export * from './outage';
export * from './webhook-types';

export * from './guarded-url';
