-- What the tables stand on.
--
-- Conventions of all migrations:
--   * A table is named in the singular, its key is "id".
--   * Keys are bigint, numbered by the database; what strangers can hold in their hands without
--     signing in (an image, the address of an upload, a grant to play) has a random uuid.
--   * A constraint that a person can run into has a name of its own: the server answers by it.
--   * Each foreign key says what a deletion does, and has an index that finds its rows.

-- Substrings are searched by their groups of three letters.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The same for all spellings of a text that differ in case or in how accents are composed.
-- ICU knows all of Unicode whatever the database's own locale, and the order is that of the
-- characters' numbers, which no update of a library changes.
CREATE FUNCTION fold(text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT lower(normalize($1, NFC) COLLATE "und-x-icu") COLLATE "C" $$;

-- Whether a text can stand on one line: trimmed, and without control characters.
CREATE FUNCTION is_line(text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT $1 = btrim($1, E' \t\n\r') AND $1 !~ E'[\\x01-\\x1F\\x7F-\\x9F]' $$;

-- Whether a text can stand on several lines: trimmed, and of the control characters only tabs and
-- line feeds.
CREATE FUNCTION is_prose(text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT $1 = btrim($1, E' \t\n\r') AND $1 !~ E'[\\x01-\\x08\\x0B-\\x1F\\x7F-\\x9F]' $$;
