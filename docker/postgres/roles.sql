-- One database role per app, with the least rights it needs: any app may read, each column has one app that writes it.
-- Run by the owner of the tables after every migration (compose: the service `roles`); safe to repeat. In one transaction or not at all.
--
-- Settings of the session, all optional (psql: PGOPTIONS="-c scheduling.role_prefix=eu_ -c scheduling.scheduling_api_password=…"):
--   scheduling.role_prefix           before every role's name
--   scheduling.<role>_password       password of scheduling_api, notification_sender, imip_ingestor; without one the role keeps what it has

do $roles$
declare
  apps constant text[] := array['scheduling-api', 'notification-sender', 'imip-ingestor'];
  shared constant text[] := array['outbox', 'handled_events', 'audit', 'dead_letters', 'erasure_progress', 'retention_runs'];
  readable constant text[] := array['practice_rooms', 'invitations', 'former_invitations', 'pending_proposals', 'magic_links', 'letters', 'imip_messages',
    'erasures', 'erasure_parties', 'operation_samples'] || shared;
  app text;
  role text;
  given text;
  target text;
  rights text;
begin
  foreach app in array apps loop
    given := replace(app, '-', '_');
    role := coalesce(current_setting('scheduling.role_prefix', true), '') || given;
    if not exists (select from pg_roles where rolname = role) then
      execute format('create role %I login', role);
    end if;
    if coalesce(current_setting('scheduling.' || given || '_password', true), '') <> '' then
      execute format('alter role %I login password %L', role, current_setting('scheduling.' || given || '_password'));
    end if;
    execute format('grant connect on database %I to %I', current_database(), role);
    execute format('grant usage on schema %I to %I', current_schema(), role);
    -- What an earlier version of this file granted goes first.
    execute format('revoke all on all tables in schema %I from %I', current_schema(), role);

    foreach target in array readable loop
      execute format('grant select on %I to %I', target, role);
    end loop;

    -- Appended by each app under its own name, and nothing of it changed afterwards: the audit has neither UPDATE nor DELETE.
    execute format('grant insert on outbox, handled_events, audit, dead_letters to %I', role);
    execute format('grant delete on handled_events, dead_letters to %I', role);
    -- Of what is old, and of nothing else.
    execute format('grant execute on function age_audit(text, int, int) to %I', role);
    execute format('grant insert, update (quiet_at, done_at, scanned_to) on erasure_progress to %I', role);
    execute format('grant insert, update (ran_at) on retention_runs to %I', role);
    execute format('grant update (due_at, attempts, last_error), delete on outbox to %I', role);
    foreach target in array shared loop
      execute format('alter table %I enable row level security', target);
      execute format('drop policy if exists %I on %I', role || '_reads', target);
      execute format('drop policy if exists %I on %I', role || '_writes', target);
      execute format('create policy %I on %I for select to %I using (true)', role || '_reads', target, role);
      execute format('create policy %I on %I to %I using (app = %L) with check (app = %L)', role || '_writes', target, role, app, app);
    end loop;

    foreach rights in array case app
      when 'scheduling-api' then array[
        'insert, update on practice_rooms, pending_proposals, magic_links',
        'insert (id, room_id, uid, attendee_email, attendee_role, attendee_name, person_key, time_zone, locale, last_partstat,
                 answered_sequence, answered_dtstamp, answered_arrived_at, applied_content, resent_sequence, resent_at, reply_tag_hash, reply_tag_key) on invitations',
        'delete on invitations',
        'insert on former_invitations',
        'select, insert, delete on answer_notes',
        'update (attendee_name, time_zone, locale, last_partstat, answered_sequence, answered_dtstamp, answered_arrived_at, applied_content, resent_sequence, resent_at, updated_at) on invitations',
        'select, insert, update, delete on idempotency_keys',
        -- The secrets in it are sealed.
        'select, insert, update, delete on webhook_endpoints, webhook_deliveries',
        'select, insert, update on webhook_messages',
        -- Sealed; opened for the export of a person's data.
        'select on raw_mails',
        'insert, update on erasures',
        'insert on erasure_parties',
        'delete on webhook_messages',
        'execute on function forget_rooms(int, int)',
        'execute on function keep_audit_months(int)',
        'execute on function erase_invitations(uuid, uuid[])',
        'select, insert, delete on console_sessions',
        'insert, delete on operation_samples',
        'select, insert, update, delete on rate_limits']
      when 'notification-sender' then array[
        'insert, update, delete on letters',
        'select, insert on webhook_messages',
        'select, insert, update on webhook_deliveries',
        'select, update (status, disabled_why, failing_since) on webhook_endpoints',
        'update (last_method_sent, last_message_id, delivery_state) on invitations']
      else array[
        'insert, update, delete on imip_messages',
        'select, insert, delete on imip_seen',
        'execute on function keep_mail_months(int)',
        -- Sealed, and still nobody else's business.
        'select, insert, delete on raw_mails']
      end
    loop
      execute format('grant %s to %I', rights, role);
    end loop;
  end loop;
  execute format('revoke create on schema %I from public', current_schema());
end
$roles$;
