-- Movies, and how they are found.

CREATE TYPE visibility AS ENUM ('PUBLIC', 'UNLISTED', 'PRIVATE');

-- What the catalogue shows of a movie's film.
CREATE TYPE video_state AS ENUM ('NONE', 'PROCESSING', 'READY', 'FAILED');

CREATE TABLE movie (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title text NOT NULL
        CONSTRAINT movie_title_form CHECK (length(title) BETWEEN 1 AND 200 AND is_line(title)),
    -- Unique, searched for substrings, and the order of titles.
    title_key text NOT NULL COLLATE "C" GENERATED ALWAYS AS (fold(title)) STORED
        CONSTRAINT movie_title_unique UNIQUE,
    synopsis text NOT NULL DEFAULT ''
        CONSTRAINT movie_synopsis_form CHECK (length(synopsis) <= 5000 AND is_prose(synopsis)),
    release_date date NOT NULL
        CONSTRAINT movie_release_date_range CHECK (
            release_date BETWEEN DATE '1888-01-01' AND DATE '2200-01-01'),
    duration_seconds integer NOT NULL
        CONSTRAINT movie_duration_range CHECK (duration_seconds BETWEEN 1 AND 360000),
    trailer_url text
        CONSTRAINT movie_trailer_url_form CHECK (
            length(trailer_url) <= 2000 AND trailer_url ~ '^https?://[^[:space:]]+$'),
    visibility visibility NOT NULL DEFAULT 'PUBLIC',
    video_state video_state NOT NULL DEFAULT 'NONE',
    poster_id uuid REFERENCES media ON DELETE SET NULL,
    thumbnail_id uuid REFERENCES media ON DELETE SET NULL,
    backdrop_id uuid REFERENCES media ON DELETE SET NULL,
    -- Whoever leaves hands the movies over or deletes them first.
    uploader_id bigint NOT NULL REFERENCES account ON DELETE RESTRICT,
    -- Exact at any time: they change in the transaction that changes what they count.
    rating_sum integer NOT NULL DEFAULT 0,
    rating_count integer NOT NULL DEFAULT 0,
    review_count integer NOT NULL DEFAULT 0,
    -- Zero without ratings. Rounded to n stars means at least n - 0.5.
    average_rating double precision NOT NULL GENERATED ALWAYS AS (
        CASE WHEN rating_count = 0 THEN 0 ELSE rating_sum::double precision / rating_count END
    ) STORED,
    -- From 1; a job sets it. The largest number means not ranked yet.
    rank integer NOT NULL DEFAULT 2147483647 CHECK (rank > 0),
    search_words tsvector NOT NULL GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A')
        || setweight(to_tsvector('english', title), 'B')
        || setweight(to_tsvector('english', synopsis), 'C')
    ) STORED,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    -- When its film was received last; before that, when the movie was made.
    uploaded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT movie_ratings_possible CHECK (
        rating_count >= 0 AND rating_sum BETWEEN rating_count AND 5 * rating_count),
    CONSTRAINT movie_reviews_possible CHECK (review_count >= 0)
);

-- One for each order in which movies are listed. The key comes last: the order is total.
CREATE INDEX movie_top ON movie (average_rating DESC, rating_count DESC, id DESC);
CREATE INDEX movie_reviews ON movie (review_count DESC, id DESC);
CREATE INDEX movie_latest ON movie (created_at DESC, id DESC);
CREATE INDEX movie_rank ON movie (rank, id);
CREATE INDEX movie_release ON movie (release_date DESC, id DESC);
CREATE INDEX movie_uploaded ON movie (uploaded_at DESC, id DESC);
-- TITLE is the order of movie_title_unique.

-- And for each filter. Stars are found by movie_top, years by movie_release, categories by
-- movie_category. There are no more of them than it needs: a rating writes into each.
CREATE INDEX movie_search ON movie USING gin (title_key gin_trgm_ops);
CREATE INDEX movie_words ON movie USING gin (search_words);
CREATE INDEX movie_uploader ON movie (uploader_id, created_at DESC, id DESC);
CREATE INDEX movie_video_state ON movie (video_state, created_at DESC, id DESC);

CREATE INDEX movie_poster ON movie (poster_id) WHERE poster_id IS NOT NULL;
CREATE INDEX movie_thumbnail ON movie (thumbnail_id) WHERE thumbnail_id IS NOT NULL;
CREATE INDEX movie_backdrop ON movie (backdrop_id) WHERE backdrop_id IS NOT NULL;

CREATE TABLE category (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
        CONSTRAINT category_name_form CHECK (length(name) BETWEEN 1 AND 60 AND is_line(name)),
    name_key text NOT NULL COLLATE "C" GENERATED ALWAYS AS (fold(name)) STORED
        CONSTRAINT category_name_unique UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE movie_category (
    movie_id bigint NOT NULL REFERENCES movie ON DELETE CASCADE,
    category_id bigint NOT NULL REFERENCES category ON DELETE CASCADE,
    PRIMARY KEY (movie_id, category_id)
);

CREATE INDEX movie_category_category ON movie_category (category_id, movie_id);

CREATE TABLE person (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
        CONSTRAINT person_name_form CHECK (length(name) BETWEEN 1 AND 120 AND is_line(name)),
    -- Several people may have the same name.
    name_key text NOT NULL COLLATE "C" GENERATED ALWAYS AS (fold(name)) STORED,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX person_name ON person (name_key, id);

CREATE TYPE credit_kind AS ENUM ('DIRECTOR', 'WRITER', 'ACTOR');

-- Who took part in a movie, in the order of its credits.
CREATE TABLE credit (
    movie_id bigint NOT NULL REFERENCES movie ON DELETE CASCADE,
    kind credit_kind NOT NULL,
    position integer NOT NULL CHECK (position > 0),
    person_id bigint NOT NULL REFERENCES person ON DELETE CASCADE,
    -- The character, of an actor.
    part text CHECK (length(part) BETWEEN 1 AND 120 AND is_line(part)),
    PRIMARY KEY (movie_id, kind, position),
    UNIQUE (person_id, movie_id, kind)
);

-- What the first page shows, in the order that admins chose.
CREATE TABLE hero_movie (
    position integer PRIMARY KEY CHECK (position > 0),
    movie_id bigint NOT NULL UNIQUE REFERENCES movie ON DELETE CASCADE
);
