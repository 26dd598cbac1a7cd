-- Who somebody is, and by what a request shows it.

CREATE TYPE account_role AS ENUM ('USER', 'ADMIN');

CREATE TABLE account (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
        CONSTRAINT account_name_form CHECK (length(name) BETWEEN 1 AND 80 AND is_line(name)),
    email text NOT NULL
        CONSTRAINT account_email_form CHECK (
            length(email) BETWEEN 3 AND 254 AND email ~ '^[^@[:space:]]+@[^@[:space:]]+$'
            AND is_line(email)),
    email_key text NOT NULL COLLATE "C" GENERATED ALWAYS AS (fold(email)) STORED
        CONSTRAINT account_email_unique UNIQUE,
    -- In PHC form. An account without one cannot sign in by a password.
    password_hash text CHECK (password_hash LIKE '$argon2id$%'),
    role account_role NOT NULL DEFAULT 'USER',
    -- Access tokens of an older version are refused: a new password or role raises it.
    token_version integer NOT NULL DEFAULT 1,
    avatar_id uuid REFERENCES media ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX account_avatar ON account (avatar_id) WHERE avatar_id IS NOT NULL;
CREATE INDEX account_created ON account (created_at DESC, id DESC);
CREATE INDEX account_email_search ON account USING gin (email_key gin_trgm_ops);

-- A device that somebody has signed in on, and the family of its refresh tokens.
CREATE TABLE session (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    user_agent text NOT NULL DEFAULT '',
    address inet,
    token_version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    CHECK (expires_at > created_at)
);

CREATE INDEX session_account ON session (account_id, last_used_at DESC);
CREATE INDEX session_expiry ON session (expires_at);

-- Each is good once. One that is used again ends its session.
CREATE TABLE refresh_token (
    -- SHA-256; the token itself is nowhere.
    hash bytea PRIMARY KEY CHECK (length(hash) = 32),
    session_id bigint NOT NULL REFERENCES session ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

CREATE INDEX refresh_token_session ON refresh_token (session_id);
CREATE UNIQUE INDEX refresh_token_one_unused ON refresh_token (session_id) WHERE used_at IS NULL;

CREATE TABLE api_key (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    name text NOT NULL
        CONSTRAINT api_key_name_form CHECK (length(name) BETWEEN 1 AND 80 AND is_line(name)),
    hash bytea NOT NULL CONSTRAINT api_key_hash_unique UNIQUE CHECK (length(hash) = 32),
    -- What lists show of it.
    prefix text NOT NULL CHECK (length(prefix) BETWEEN 4 AND 16),
    scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
);

CREATE INDEX api_key_account ON api_key (account_id, created_at DESC);

-- What a request was answered the first time, for whoever asks again with the same key.
CREATE TABLE idempotency_key (
    -- The account, or whatever else tells callers apart who have none.
    scope text NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    account_id bigint REFERENCES account ON DELETE CASCADE,
    -- The same key with another request is refused.
    request_hash bytea NOT NULL CHECK (length(request_hash) = 32),
    -- Null while the first one runs.
    response jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
);

CREATE INDEX idempotency_key_account ON idempotency_key (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX idempotency_key_expiry ON idempotency_key (expires_at);
