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
