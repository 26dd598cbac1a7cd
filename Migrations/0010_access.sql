-- How a request shows that it may do what it asks for.

-- Ends the transaction it is called in, with that SQLSTATE, unless something holds. A change that
-- is sent as one batch asks so, in front of all else, whether it may happen.
CREATE FUNCTION demand(holds boolean, state text) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
    BEGIN
        IF holds IS NOT TRUE THEN
            RAISE EXCEPTION 'what was demanded does not hold' USING ERRCODE = state;
        END IF;
        RETURN true;
    END
    $$;

-- Whether the refresh tokens of a session are given in answers. All others are in cookies that no
-- script can read, and are good there alone.
ALTER TABLE session ADD COLUMN is_readable boolean NOT NULL DEFAULT false;

-- What somebody has used up of something that is limited. It comes back by and by; nothing is lost
-- with rows that a crash takes away.
CREATE UNLOGGED TABLE allowance (
    -- What is limited, and for whom.
    key text PRIMARY KEY,
    used double precision NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX allowance_updated ON allowance (updated_at);

-- Takes one of so many in ten minutes. Returns 0, or in how many seconds there is one again.
CREATE FUNCTION take_allowance(wanted text, most integer) RETURNS double precision
    LANGUAGE plpgsql
    AS $$
    DECLARE
        rate CONSTANT double precision := most / 600.0;
        left_over double precision;
    BEGIN
        INSERT INTO allowance AS known (key, used) VALUES (wanted, 0)
            ON CONFLICT (key) DO UPDATE SET updated_at = greatest(known.updated_at, now()),
                used = greatest(0, known.used - rate * greatest(0,
                    extract(epoch FROM now() - known.updated_at)))
            RETURNING most - used INTO left_over;
        IF left_over < 1 THEN
            RETURN (1 - left_over) / rate;
        END IF;
        UPDATE allowance SET used = used + 1 WHERE key = wanted;
        RETURN 0;
    END
    $$;
