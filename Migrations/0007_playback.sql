-- What people watch, and how far they have come.

CREATE TABLE watch_session (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    movie_id bigint NOT NULL REFERENCES movie ON DELETE CASCADE,
    device text NOT NULL DEFAULT '' CHECK (length(device) <= 120),
    position_milliseconds integer NOT NULL DEFAULT 0 CHECK (position_milliseconds >= 0),
    -- The client counts its messages, so that one that comes late changes nothing.
    sequence bigint NOT NULL DEFAULT 0 CHECK (sequence >= 0),
    started_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);

CREATE INDEX watch_session_history ON watch_session (account_id, updated_at DESC, id DESC);
CREATE INDEX watch_session_unfinished ON watch_session (account_id, updated_at DESC, id DESC)
    WHERE finished_at IS NULL;
-- How far somebody is in a movie.
CREATE INDEX watch_session_progress ON watch_session (movie_id, account_id, updated_at DESC);
-- What is trending.
CREATE INDEX watch_session_recent ON watch_session (started_at DESC);

-- Leave to play a movie, or only its beginning. The playlist and each segment ask for it.
CREATE TABLE stream_grant (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- Null for somebody unknown, who gets a preview.
    account_id bigint REFERENCES account ON DELETE CASCADE,
    movie_id bigint NOT NULL REFERENCES movie ON DELETE CASCADE,
    -- Null is the whole film.
    preview_seconds integer CHECK (preview_seconds > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CHECK (account_id IS NOT NULL OR preview_seconds IS NOT NULL)
);

CREATE INDEX stream_grant_account ON stream_grant (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX stream_grant_movie ON stream_grant (movie_id);
CREATE INDEX stream_grant_expiry ON stream_grant (expires_at);
