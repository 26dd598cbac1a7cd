-- Events on their way to whoever hears of them, and what is done again and again.

-- Each copy of a database that goes on by itself has a timeline of its own, also one that was put
-- back to a former moment.
ALTER TABLE event_epoch ADD COLUMN timeline text NOT NULL DEFAULT '';

-- The timeline that is being written, in hexadecimal digits.
CREATE FUNCTION current_timeline() RETURNS text
    LANGUAGE sql
    AS $$ SELECT left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) $$;

UPDATE event_epoch SET timeline = current_timeline();

-- Begins a new epoch where the database was restored since: its transactions count anew, so that no
-- cursor from before means anything. Of all who call it at once, one finds that to do.
CREATE FUNCTION begin_event_epoch() RETURNS void
    LANGUAGE plpgsql
    AS $$
    DECLARE
        cluster bigint;
    BEGIN
        SELECT system_identifier INTO cluster FROM pg_control_system();
        UPDATE event_epoch SET epoch = gen_random_uuid(), system_identifier = cluster,
            timeline = current_timeline(), horizon_transaction = '0', horizon_sequence = 0,
            created_at = now()
            WHERE system_identifier <> cluster OR timeline <> current_timeline();
        IF FOUND THEN
            DELETE FROM event;
        END IF;
    END
    $$;

-- Wakes those who follow events, at the end of the transaction. It says nothing of what has
-- happened: they read that for themselves.
CREATE FUNCTION tell_of_events() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
        IF EXISTS (SELECT FROM told) THEN
            PERFORM pg_notify('marquee_event', '');
        END IF;
        RETURN NULL;
    END
    $$;

CREATE TRIGGER event_told AFTER INSERT ON event REFERENCING NEW TABLE AS told
    FOR EACH STATEMENT EXECUTE FUNCTION tell_of_events();

-- When errands that come again and again were done last. Whoever does them holds an advisory lock.
CREATE TABLE errand (
    name text PRIMARY KEY,
    done_at timestamptz NOT NULL
);

CREATE INDEX refresh_token_expiry ON refresh_token (expires_at);
