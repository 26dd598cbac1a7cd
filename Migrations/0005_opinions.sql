-- What people think of movies. movie.rating_sum, rating_count and review_count follow in the same
-- transaction: lock the movie's row by changing it, and no two writers count at once.

-- One for each person and movie.
CREATE TABLE rating (
    movie_id bigint NOT NULL REFERENCES movie ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    value smallint NOT NULL CONSTRAINT rating_value_range CHECK (value BETWEEN 1 AND 5),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT rating_once PRIMARY KEY (movie_id, account_id)
);

CREATE INDEX rating_account ON rating (account_id, updated_at DESC);
-- What is trending.
CREATE INDEX rating_recent ON rating (updated_at DESC);

CREATE TABLE review (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    movie_id bigint NOT NULL REFERENCES movie ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    text text NOT NULL
        CONSTRAINT review_text_form CHECK (length(text) BETWEEN 1 AND 5000 AND is_prose(text)),
    -- Exact like the counts of a movie.
    helpful_count integer NOT NULL DEFAULT 0 CHECK (helpful_count >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT review_once UNIQUE (movie_id, account_id)
);

CREATE INDEX review_newest ON review (movie_id, created_at DESC, id DESC);
CREATE INDEX review_most_helpful ON review (movie_id, helpful_count DESC, id DESC);
CREATE INDEX review_account ON review (account_id, created_at DESC, id DESC);

-- Who found which review helpful.
CREATE TABLE review_mark (
    review_id bigint NOT NULL REFERENCES review ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT review_mark_once PRIMARY KEY (review_id, account_id)
);

CREATE INDEX review_mark_account ON review_mark (account_id);
