// Every table of the product as an entity.
// Given to the data source; `schema.spec.ts` compares entities and migrations.
import { PracticeRoom, Invitation, PendingProposal, MagicLink, AnswerNote } from './rooms';
import { FormerInvitation } from './former-invitations';
import { Letter } from './letters';
import { ImipMessage, RawMail, SeenMail } from './mails';
import { OutboxEvent, DeadLetter, HandledEvent, AuditLine } from './events';
import { WebhookEndpoint, WebhookMessage, WebhookDelivery } from './webhooks';
import { Erasure, ErasureParty, ErasureProgress } from './erasures';
import { IdempotencyKey, RateLimitCounter } from './requests';

export {
  PracticeRoom,
  Invitation,
  PendingProposal,
  MagicLink,
  AnswerNote,
  FormerInvitation,
  Letter,
  ImipMessage,
  RawMail,
  SeenMail,
  OutboxEvent,
  DeadLetter,
  HandledEvent,
  AuditLine,
  WebhookEndpoint,
  WebhookMessage,
  WebhookDelivery,
  IdempotencyKey,
  RateLimitCounter,
  Erasure,
  ErasureParty,
  ErasureProgress,
};

export const entities = [
  PracticeRoom,
  Invitation,
  PendingProposal,
  MagicLink,
  AnswerNote,
  FormerInvitation,
  Letter,
  ImipMessage,
  RawMail,
  SeenMail,
  OutboxEvent,
  DeadLetter,
  HandledEvent,
  AuditLine,
  WebhookEndpoint,
  WebhookMessage,
  WebhookDelivery,
  IdempotencyKey,
  RateLimitCounter,
  Erasure,
  ErasureParty,
  ErasureProgress,
];
