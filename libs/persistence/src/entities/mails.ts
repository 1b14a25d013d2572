// The tables of imip-ingestor: each mail's verdict, its sealed bytes, and the keys by which a repeat is known.
// Hot transactions store and conclude mails by SQL; lists and exports read these entities.
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Role } from '#contracts';

/** A mail that came in, and its verdict. */
@Entity('imip_messages')
@Check('ck_imip_messages_state', "(state = ANY (ARRAY['stored'::text, 'read'::text, 'quarantined'::text]))")
@Index('ix_imip_messages_ignored', ['receivedAt', 'id'], { where: "(verdict = 'ignored'::text)" })
@Index('ix_imip_messages_ignored_why', ['why', 'receivedAt', 'id'], { where: "(verdict = 'ignored'::text)" })
@Index('ix_imip_messages_quarantined', ['receivedAt'], { where: "(state = 'quarantined'::text)" })
@Index('ix_imip_messages_room', ['roomId'], { where: '(room_id IS NOT NULL)' })
@Index('ix_imip_messages_unconfirmed', ['receivedAt', 'id'], { where: "(verdict = 'held'::text)" })
@Index('ix_imip_messages_waiting', ['receivedAt'], { where: "(state = 'stored'::text)" })
export class ImipMessage {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'imip_messages_pkey' })
  id!: string;

  @Column({ type: 'text', nullable: true })
  uid!: string | null;

  @Column({ type: 'text', nullable: true })
  method!: string | null;

  @Column({ type: 'int', nullable: true })
  sequence!: number | null;

  @Column({ type: 'text', name: 'attendee_email', nullable: true })
  attendeeEmail!: string | null;

  @Column({ type: 'text', nullable: true })
  partstat!: string | null;

  @Column({ type: 'text', name: 'raw_pointer' })
  rawPointer!: string;

  @Column({ type: 'timestamptz', name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;

  @Column({ type: 'text', name: 'way_in' })
  wayIn!: string;

  @Column({ type: 'text', name: 'envelope_from', nullable: true })
  envelopeFrom!: string | null;

  @Column({ type: 'text', name: 'envelope_to', nullable: true })
  envelopeTo!: string | null;

  @Column({ type: 'int', name: 'size_bytes' })
  sizeBytes!: number;

  @Column({ type: 'text' })
  sha256!: string;

  @Column({ type: 'text', name: 'message_id', nullable: true })
  messageId!: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  dtstamp!: Date | null;

  @Column({ type: 'text', nullable: true })
  kind!: string | null;

  @Column({ type: 'text', nullable: true })
  verdict!: string | null;

  @Column({ type: 'text', nullable: true })
  why!: string | null;

  @Column({ type: 'uuid', name: 'room_id', nullable: true })
  roomId!: string | null;

  @Column({ type: 'uuid', name: 'invitation_id', nullable: true })
  invitationId!: string | null;

  @Column({ type: 'enum', enum: Role.options, enumName: 'attendee_role', nullable: true })
  role!: Role | null;

  @Column({ type: 'text', default: 'stored' })
  state!: string;

  @Column({ type: 'int', default: 0 })
  attempts!: number;

  @Column({ type: 'timestamptz', name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  @Column({ type: 'timestamptz', name: 'read_at', nullable: true })
  readAt!: Date | null;

  @Column({ type: 'text', nullable: true })
  authentication!: string | null;

  @Column({ type: 'text', name: 'client_address', nullable: true })
  clientAddress!: string | null;

  @Column({ type: 'text', name: 'client_helo', nullable: true })
  clientHelo!: string | null;

  /** Took too long to read once: only the slow pool reads it. */
  @Column({ type: 'boolean', name: 'is_slow', default: false })
  isSlow!: boolean;
}

/** The bytes of a mail, sealed. */
@Entity('raw_mails')
export class RawMail {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'raw_mails_pkey' })
  id!: string;

  @Column({ type: 'text', name: 'key_id' })
  keyId!: string;

  @Column({ type: 'bytea' })
  sealed!: Buffer;
}

/** A key by which a repeat of a mail is known. */
@Entity('imip_seen')
@Index('ix_imip_seen_at', ['seenAt'])
export class SeenMail {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'imip_seen_pkey' })
  key!: string;

  @Column({ type: 'uuid', name: 'mail_id' })
  mailId!: string;

  @Column({ type: 'timestamptz', name: 'seen_at', default: () => 'now()' })
  seenAt!: Date;
}
