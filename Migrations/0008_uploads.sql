-- Films on their way from somebody's disk to everybody's screen.

-- In this order, save that FAILED, CANCELLED and EXPIRED end it from wherever it is, and that a
-- retry leads from FAILED back to RECEIVED.
CREATE TYPE upload_state AS ENUM (
    'CREATED', 'UPLOADING', 'RECEIVED', 'PROBING', 'TRANSCODING', 'PLAYABLE', 'READY',
    'FAILED', 'CANCELLED', 'EXPIRED');

CREATE TABLE upload (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    movie_id bigint NOT NULL REFERENCES movie ON DELETE CASCADE,
    -- Null when whoever sent it has left.
    account_id bigint REFERENCES account ON DELETE SET NULL,
    file_name text NOT NULL
        CONSTRAINT upload_file_name_form CHECK (
            length(file_name) BETWEEN 1 AND 255 AND is_line(file_name)),
    mime text NOT NULL,
    byte_size bigint NOT NULL CONSTRAINT upload_byte_size_range CHECK (byte_size > 0),
    -- What the sender says the bytes' SHA-256 is.
    expected_digest bytea CHECK (length(expected_digest) = 32),
    -- So many are on disk for good.
    received_bytes bigint NOT NULL DEFAULT 0,
    state upload_state NOT NULL DEFAULT 'CREATED',
    failure_reason text,
    is_retryable boolean NOT NULL DEFAULT false,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    duration_milliseconds integer CHECK (duration_milliseconds > 0),
    -- Where the bytes are.
    storage_key text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- An upload that is not received by then is given up.
    expires_at timestamptz NOT NULL,
    CONSTRAINT upload_received_range CHECK (received_bytes BETWEEN 0 AND byte_size),
    CONSTRAINT upload_received_whole CHECK (
        state NOT IN ('RECEIVED', 'PROBING', 'TRANSCODING', 'PLAYABLE', 'READY')
        OR received_bytes = byte_size),
    CONSTRAINT upload_failure_reason CHECK ((state = 'FAILED') = (failure_reason IS NOT NULL))
);

CREATE INDEX upload_movie ON upload (movie_id, created_at DESC, id);
CREATE INDEX upload_account ON upload (account_id, created_at DESC, id);
CREATE INDEX upload_state_created ON upload (state, created_at DESC, id);
CREATE INDEX upload_created ON upload (created_at DESC, id);
CREATE INDEX upload_expiry ON upload (expires_at) WHERE state IN ('CREATED', 'UPLOADING');

-- When it came to each state.
CREATE TABLE upload_change (
    upload_id uuid NOT NULL REFERENCES upload ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    state upload_state NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (upload_id, number)
);

-- One step of the ladder that players climb.
CREATE TABLE rendition (
    upload_id uuid NOT NULL REFERENCES upload ON DELETE CASCADE,
    height integer NOT NULL CHECK (height > 0),
    width integer NOT NULL CHECK (width > 0),
    bits_per_second integer NOT NULL CHECK (bits_per_second > 0),
    codecs text NOT NULL,
    percent smallint NOT NULL DEFAULT 0
        CONSTRAINT rendition_percent_range CHECK (percent BETWEEN 0 AND 100),
    -- Where its playlist and segments are; null until they are.
    storage_key text,
    finished_at timestamptz,
    PRIMARY KEY (upload_id, height),
    CHECK (finished_at IS NULL OR (percent = 100 AND storage_key IS NOT NULL))
);
