-- Images, each kept in several sizes and formats.

CREATE TYPE media_kind AS ENUM ('AVATAR', 'POSTER', 'THUMBNAIL', 'BACKDROP', 'STORYBOARD');

-- An image never changes: a new poster is a new row, and a job deletes the old one.
CREATE TABLE media (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind media_kind NOT NULL,
    -- Of the largest file.
    mime text NOT NULL,
    width integer NOT NULL CHECK (width > 0),
    height integer NOT NULL CHECK (height > 0),
    byte_size bigint NOT NULL CHECK (byte_size > 0),
    blurhash text NOT NULL CHECK (length(blurhash) BETWEEN 6 AND 100),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE media_file (
    media_id uuid NOT NULL REFERENCES media ON DELETE CASCADE,
    width integer NOT NULL CHECK (width > 0),
    -- Only the demo draws, people upload pixels.
    mime text NOT NULL CHECK (mime IN ('image/jpeg', 'image/png', 'image/webp', 'image/svg+xml')),
    byte_size bigint NOT NULL CHECK (byte_size > 0),
    -- SHA-256 of the bytes, which is their entity tag.
    digest bytea NOT NULL CHECK (length(digest) = 32),
    -- Here, or under a key in the storage that the server is configured for.
    bytes bytea,
    storage_key text,
    PRIMARY KEY (media_id, width, mime),
    CHECK (num_nonnulls(bytes, storage_key) = 1),
    CHECK (length(bytes) = byte_size)
);

-- Images do not compress, and ranges of them are read without the rest.
ALTER TABLE media_file ALTER bytes SET STORAGE EXTERNAL;
