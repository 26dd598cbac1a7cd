-- What is kept of requests: documents, and answers for whoever asks again.

-- Documents that clients are trusted with. Where nothing else is answered, they are all there is.
CREATE TABLE registered_document (
    -- What clients call it.
    id text PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 255 AND is_line(id)),
    -- SHA-256 of the source.
    hash bytea NOT NULL CHECK (length(hash) = 32),
    source bytea NOT NULL CHECK (length(source) BETWEEN 1 AND 1048576),
    registered_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX registered_document_hash ON registered_document (hash);

-- Documents that clients sent once in full, to name them by their hash from then on. What a crash
-- takes away they send again.
CREATE UNLOGGED TABLE persisted_query (
    hash bytea PRIMARY KEY CHECK (length(hash) = 32),
    source bytea NOT NULL CHECK (length(source) BETWEEN 1 AND 16384),
    kept_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX persisted_query_kept ON persisted_query (kept_at DESC);

-- An answer is repeated byte for byte.
ALTER TABLE idempotency_key DROP COLUMN response;
-- Null while the first one runs, which nobody sees.
ALTER TABLE idempotency_key ADD COLUMN answer bytea;

-- Checking that the account is there locks its row until the change is made, and two changes that
-- go on to lock it for themselves would wait for each other.
ALTER TABLE idempotency_key DROP CONSTRAINT idempotency_key_account_id_fkey;

CREATE FUNCTION forget_idempotency_keys() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
        DELETE FROM idempotency_key WHERE account_id = OLD.id;
        RETURN NULL;
    END
    $$;

CREATE TRIGGER account_forgets_idempotency_keys AFTER DELETE ON account
    FOR EACH ROW EXECUTE FUNCTION forget_idempotency_keys();

-- Takes a key for the transaction that it is called in, which answers the request. Who comes while
-- another one does so waits for it a while. Ends the transaction with SQLSTATE MQ208 where there is
-- an answer already, and with 55P03 where there is none yet.
CREATE FUNCTION take_idempotency_key(
    wanted_scope text, wanted_key text, account bigint, request bytea, lifetime interval
) RETURNS boolean
    LANGUAGE plpgsql
    SET lock_timeout = '1s'
    AS $$
    BEGIN
        INSERT INTO idempotency_key AS known (scope, key, account_id, request_hash, expires_at)
            VALUES (wanted_scope, wanted_key, account, request, now() + lifetime)
            ON CONFLICT (scope, key) DO UPDATE SET account_id = excluded.account_id,
                request_hash = excluded.request_hash, answer = NULL, created_at = now(),
                expires_at = excluded.expires_at
            WHERE known.expires_at <= now();
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the key has been used' USING ERRCODE = 'MQ208';
        END IF;
        RETURN true;
    END
    $$;
