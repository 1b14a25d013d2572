// Injection tokens of the parts that the caller of the module provides.
// Used by app.module.ts and the consumer.
export const DATABASE = Symbol('notification-sender database');
export const SETTINGS = Symbol('notification-sender settings');
