// Every migration, oldest first; a new one is added at the end.
// Given to the data source.
import { PhaseOneRooms1763000000000 } from './1763000000000-phase-one-rooms';
import { HybridScheduling1763000100000 } from './1763000100000-hybrid-scheduling';
import { RateLimits1763000200000 } from './1763000200000-rate-limits';
import { InboundMail1763000300000 } from './1763000300000-inbound-mail';
import { LetterAttempts1763000400000 } from './1763000400000-letter-attempts';
import { ClientAddress1763000500000 } from './1763000500000-client-address';
import { AppendOnlyAudit1763000650000 } from './1763000650000-append-only-audit';
import { OpenRows1763000800000 } from './1763000800000-open-rows';
import { TimeSequence1763000900000 } from './1763000900000-time-sequence';
import { RoomChanges1763001100000 } from './1763001100000-room-changes';
import { Webhooks1763001200000 } from './1763001200000-webhooks';
import { SlowMails1763001250000 } from './1763001250000-slow-mails';
import { OrderOfAnswers1763001260000 } from './1763001260000-order-of-answers';
import { FormerInvitations1763001300000 } from './1763001300000-former-invitations';
import { AuditAlways1763001310000 } from './1763001310000-audit-always';
import { OldRows1763001320000 } from './1763001320000-old-rows';
import { AnswerLinks1763001400000 } from './1763001400000-answer-links';
import { Erasures1763002000000 } from './1763002000000-erasures';
import { Retention1763002100000 } from './1763002100000-retention';
import { SeveralTimes1763002200000 } from './1763002200000-several-times';
import { ConsoleSessions1763002300000 } from './1763002300000-console-sessions';
import { RetentionRuns1763002310000 } from './1763002310000-retention-runs';
import { AnotherTime1763002320000 } from './1763002320000-another-time';
import { ConsoleLists1763002400000 } from './1763002400000-console-lists';
import { Months1763002500000 } from './1763002500000-months';
import { CancelledByStart1763002600000 } from './1763002600000-cancelled-by-start';
import { UnusedIndexes1763002700000 } from './1763002700000-unused-indexes';
import { SpaceInInvitations1763002800000 } from './1763002800000-space-in-invitations';

export const migrations = [
  PhaseOneRooms1763000000000,
  HybridScheduling1763000100000,
  RateLimits1763000200000,
  InboundMail1763000300000,
  LetterAttempts1763000400000,
  ClientAddress1763000500000,
  AppendOnlyAudit1763000650000,
  OpenRows1763000800000,
  TimeSequence1763000900000,
  RoomChanges1763001100000,
  Webhooks1763001200000,
  SlowMails1763001250000,
  OrderOfAnswers1763001260000,
  FormerInvitations1763001300000,
  AuditAlways1763001310000,
  OldRows1763001320000,
  AnswerLinks1763001400000,
  Erasures1763002000000,
  Retention1763002100000,
  SeveralTimes1763002200000,
  ConsoleSessions1763002300000,
  RetentionRuns1763002310000,
  AnotherTime1763002320000,
  ConsoleLists1763002400000,
  Months1763002500000,
  CancelledByStart1763002600000,
  UnusedIndexes1763002700000,
  SpaceInInvitations1763002800000,
];
