// Invitations whose address was replaced; written by scheduling-api, never changed.
// They hold addresses too: erasing or exporting a person's data includes this table.
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import * as enums from './enums';
import { PracticeRoom } from './rooms';

@Entity('former_invitations')
@Index('ix_former_invitations_person', ['personKey'])
@Index('ix_former_invitations_room', ['roomId'])
export class FormerInvitation {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'former_invitations_pkey' })
  id!: string;

  @ForeignKey(() => PracticeRoom, { name: 'fk_former_invitations_room' })
  @Column({ type: 'uuid', name: 'room_id' })
  roomId!: string;

  @Column({ type: 'text', name: 'attendee_email' })
  attendeeEmail!: string;

  @Column({ type: 'enum', enum: enums.attendeeRole, enumName: 'attendee_role', name: 'attendee_role' })
  attendeeRole!: (typeof enums.attendeeRole)[number];

  @Column({ type: 'text', name: 'attendee_name', nullable: true })
  attendeeName!: string | null;

  @Column({ type: 'text', name: 'person_key' })
  personKey!: string;

  @Column({ type: 'text', name: 'time_zone' })
  timeZone!: string;

  @Column({ type: 'text' })
  locale!: string;

  @Column({ type: 'enum', enum: enums.partstat, enumName: 'partstat', name: 'last_partstat' })
  lastPartstat!: (typeof enums.partstat)[number];

  @Column({ type: 'text', name: 'reply_tag_hash', nullable: true })
  replyTagHash!: string | null;

  @Column({ type: 'text', name: 'reply_tag_key', nullable: true })
  replyTagKey!: string | null;

  @Column({ type: 'enum', enum: enums.sentMethod, enumName: 'sent_method', name: 'last_method_sent', nullable: true })
  lastMethodSent!: (typeof enums.sentMethod)[number] | null;

  @Column({ type: 'text', name: 'last_message_id', nullable: true })
  lastMessageId!: string | null;

  @Column({ type: 'jsonb', name: 'delivery_state' })
  deliveryState!: unknown;

  @Column({ type: 'int', name: 'cancel_sequence' })
  cancelSequence!: number;

  @Column({ type: 'timestamptz', name: 'replaced_at' })
  replacedAt!: Date;
}
