-- Who may watch whole films, and since when.

CREATE TABLE plan (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL
        CONSTRAINT plan_name_form CHECK (length(name) BETWEEN 1 AND 60 AND is_line(name)),
    name_key text NOT NULL COLLATE "C" GENERATED ALWAYS AS (fold(name)) STORED
        CONSTRAINT plan_name_unique UNIQUE,
    description text NOT NULL DEFAULT '',
    -- In the smallest unit of the currency.
    price_minor integer NOT NULL CONSTRAINT plan_price_range CHECK (price_minor >= 0),
    currency text NOT NULL CONSTRAINT plan_currency_form CHECK (currency ~ '^[A-Z]{3}$'),
    period_days integer NOT NULL CONSTRAINT plan_period_range CHECK (period_days > 0),
    -- Of those that are no longer offered, subscriptions go on.
    is_offered boolean NOT NULL DEFAULT true,
    position integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TYPE subscription_status AS ENUM ('PENDING', 'ACTIVE', 'PAST_DUE', 'EXPIRED', 'CANCELLED');

-- Old ones stay, as history.
CREATE TABLE subscription (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    plan_id bigint NOT NULL REFERENCES plan ON DELETE RESTRICT,
    status subscription_status NOT NULL DEFAULT 'PENDING',
    started_at timestamptz,
    expires_at timestamptz,
    cancelled_at timestamptz,
    -- Who confirms payments, and what it calls this one.
    provider text NOT NULL,
    provider_reference text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT subscription_reference_unique UNIQUE (provider, provider_reference),
    CONSTRAINT subscription_times CHECK (
        (status NOT IN ('ACTIVE', 'PAST_DUE', 'EXPIRED')
            OR (started_at IS NOT NULL AND expires_at IS NOT NULL))
        AND expires_at > started_at
        AND (status <> 'CANCELLED' OR cancelled_at IS NOT NULL))
);

CREATE INDEX subscription_account ON subscription (account_id, created_at DESC, id DESC);
CREATE INDEX subscription_plan ON subscription (plan_id);
CREATE UNIQUE INDEX subscription_one_running ON subscription (account_id)
    WHERE status IN ('ACTIVE', 'PAST_DUE');
CREATE UNIQUE INDEX subscription_one_pending ON subscription (account_id)
    WHERE status = 'PENDING';
-- What the job has to end.
CREATE INDEX subscription_expiry ON subscription (expires_at)
    WHERE status IN ('ACTIVE', 'PAST_DUE');

CREATE TABLE subscription_change (
    subscription_id bigint NOT NULL REFERENCES subscription ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    status subscription_status NOT NULL,
    reason text NOT NULL DEFAULT '',
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (subscription_id, number)
);
