// Every table of the product as an entity.
// Given to the data source; `schema.spec.ts` compares entities and migrations.
import * as erasures from './erasures';
import * as events from './events';
import * as letters from './letters';
import * as mails from './mails';
import * as operations from './operations';
import * as requests from './requests';
import * as rooms from './rooms';
import * as webhooks from './webhooks';

export * from './erasures';
export * from './events';
export * from './letters';
export * from './mails';
export * from './operations';
export * from './requests';
export * from './rooms';
export * from './webhooks';

/** These files export nothing but entities. */
export const entities: (new () => object)[] = [
  erasures,
  events,
  letters,
  mails,
  operations,
  requests,
  rooms,
  webhooks,
].flatMap((file) => Object.values<new () => object>(file));
