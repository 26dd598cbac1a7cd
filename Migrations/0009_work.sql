-- What the server does later, what it tells, and what it remembers of admins.

CREATE TYPE job_state AS ENUM ('QUEUED', 'RUNNING', 'DONE', 'DEAD');

-- Taken by FOR UPDATE SKIP LOCKED and leased: whoever does not renew the lease has lost the job.
CREATE TABLE job (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    -- Of jobs that are to be done once, what makes them the same.
    key text,
    payload jsonb NOT NULL DEFAULT '{}',
    state job_state NOT NULL DEFAULT 'QUEUED',
    priority smallint NOT NULL DEFAULT 0,
    run_at timestamptz NOT NULL DEFAULT now(),
    attempts integer NOT NULL DEFAULT 0,
    most_attempts integer NOT NULL DEFAULT 5 CHECK (most_attempts > 0),
    leased_by text,
    leased_until timestamptz,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CHECK (attempts BETWEEN 0 AND most_attempts),
    CONSTRAINT job_lease CHECK (
        (state = 'RUNNING') = (leased_by IS NOT NULL AND leased_until IS NOT NULL)),
    CONSTRAINT job_end CHECK ((state IN ('DONE', 'DEAD')) = (finished_at IS NOT NULL))
);

CREATE UNIQUE INDEX job_once ON job (kind, key) WHERE state IN ('QUEUED', 'RUNNING');
CREATE INDEX job_next ON job (priority DESC, run_at, id) WHERE state = 'QUEUED';
CREATE INDEX job_lost ON job (leased_until) WHERE state = 'RUNNING';
CREATE INDEX job_finished ON job (finished_at) WHERE state IN ('DONE', 'DEAD');

-- What has happened, written in the transaction in which it did. Read in the order of the key, and
-- only below pg_snapshot_xmin(pg_current_snapshot()): of transactions from there on, one with a
-- smaller number may still be about to end.
CREATE TABLE event (
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    -- Who may hear of it, such as upload:6f0c….
    topic text NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (transaction, sequence)
);

CREATE INDEX event_topic ON event (topic, transaction, sequence);
CREATE INDEX event_created ON event (created_at);

-- One row. A cursor of another epoch is of a database that was restored since, whose transactions
-- count anew; one before the horizon asks for events that have been forgotten.
CREATE TABLE event_epoch (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    epoch uuid NOT NULL DEFAULT gen_random_uuid(),
    -- The cluster that the epoch belongs to.
    system_identifier bigint NOT NULL,
    horizon_transaction xid8 NOT NULL DEFAULT '0',
    horizon_sequence bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO event_epoch (system_identifier) SELECT system_identifier FROM pg_control_system();

-- Who did what to what. No personal data: whoever leaves is only forgotten as the actor.
CREATE TABLE admin_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    actor_id bigint REFERENCES account ON DELETE SET NULL,
    action text NOT NULL,
    subject_type text NOT NULL,
    subject_id text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX admin_log_created ON admin_log (created_at DESC, id DESC);
CREATE INDEX admin_log_actor ON admin_log (actor_id, created_at DESC, id DESC);
CREATE INDEX admin_log_subject ON admin_log (subject_type, subject_id, created_at DESC);
