// The names under which the module's given parts are injected.
// Used by app.module.ts and the consumer.
export const DATABASE = Symbol('notification-sender database');
export const SETTINGS = Symbol('notification-sender settings');
