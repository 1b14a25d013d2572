// The sequence of a room's last change of start, end or location (contract, section 7.3).
// Additive. The version before this one moves a room without naming the column; the trigger then moves it too, so
// that no reply to the old time counts.
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class TimeSequence1763000900000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table practice_rooms add column time_sequence int not null default 0');
    await db.query('update practice_rooms set time_sequence = ics_sequence where ics_sequence <> 0');
    await db.query(`
      create function practice_rooms_time_moved() returns trigger language plpgsql as $$
      begin
        new.time_sequence := new.ics_sequence;
        return new;
      end $$`);
    await db.query(`
      create trigger tr_practice_rooms_time_moved before update of start_utc, end_utc on practice_rooms for each row
        when (new.time_sequence = old.time_sequence and (new.start_utc, new.end_utc) is distinct
          from (old.start_utc, old.end_utc))
        execute function practice_rooms_time_moved()`);
  }

  async down(): Promise<void> {}
}
