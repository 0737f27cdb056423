-- 已绑定用户 (em-bound-users): residents who bound themselves to a meter by a shared code, and their sessions. Written by the office's
-- connection; the ledger's transactions only end what must not outlive a household, by triggers. Nothing here refers to meter: the ledger
-- may take one away. Units and ids: as in 001_ledger.sql; these ids are dealt by the database.

-- 二维码 (em-share-qr). The code is known to whoever has seen it; what is kept opens nothing. ended: '' it runs, or until it expires or is used up.
CREATE TABLE meter_share(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL,
  meter INTEGER NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,                            -- SHA-256, 64 hex digits
  by TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  uses INTEGER NOT NULL,
  used INTEGER NOT NULL CHECK (used >= 0 AND used <= uses),
  ended_ms INTEGER,
  ended TEXT NOT NULL CHECK (ended IN ('', 'revoked', 'settled', 'opened', 'removed'))
) STRICT;
CREATE INDEX meter_share_meter ON meter_share(meter, id);

-- Of no organisation: one person may live in houses of two. Name and mobile are as typed; nobody has checked them.
CREATE TABLE bound_user(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  mobile TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
  sms INTEGER NOT NULL CHECK (sms IN (0, 1)),
  created_ms INTEGER NOT NULL
) STRICT;

-- opening: the household that had the account then, 0: nobody's. from_ms: nothing older is shown.
CREATE TABLE bound_meter(
  id INTEGER PRIMARY KEY,
  bound_user INTEGER NOT NULL REFERENCES bound_user(id),
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL,
  meter INTEGER NOT NULL,
  share INTEGER NOT NULL REFERENCES meter_share(id),
  opening INTEGER NOT NULL,
  since_ms INTEGER NOT NULL,
  from_ms INTEGER NOT NULL,
  until_ms INTEGER,
  ended TEXT NOT NULL CHECK (ended IN ('', 'left', 'unbound', 'settled', 'opened', 'removed'))
) STRICT;
CREATE UNIQUE INDEX bound_meter_once ON bound_meter(bound_user, meter) WHERE until_ms IS NULL;
CREATE INDEX bound_meter_meter ON bound_meter(meter, id);
CREATE INDEX bound_meter_share ON bound_meter(share);

CREATE TABLE bound_session(
  token_hash TEXT PRIMARY KEY,
  csrf_token TEXT NOT NULL,
  bound_user INTEGER NOT NULL REFERENCES bound_user(id),
  created_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX bound_session_user ON bound_session(bound_user);

-- A household that goes takes its codes and its people with it, in the transaction that settles it, so that there is no moment in which the old
-- tenant sees the new one's account. A settlement of an account that nobody opened is how it ends where accounts are not opened.
CREATE TRIGGER settlement_unbinds AFTER INSERT ON settlement
  WHEN new.closes = 1 OR new.opening = 0
  BEGIN
    UPDATE meter_share SET ended_ms = new.at_ms, ended = 'settled' WHERE meter = new.meter AND ended = '';
    UPDATE bound_meter SET until_ms = new.at_ms, ended = 'settled' WHERE meter = new.meter AND until_ms IS NULL;
  END;
CREATE TRIGGER opening_unbinds AFTER INSERT ON opening
  BEGIN
    UPDATE meter_share SET ended_ms = new.at_ms, ended = 'opened' WHERE meter = new.meter AND ended = '';
    UPDATE bound_meter SET until_ms = new.at_ms, ended = 'opened' WHERE meter = new.meter AND until_ms IS NULL;
  END;
CREATE TRIGGER removed_meter_unbinds AFTER INSERT ON removed_meter
  BEGIN
    UPDATE meter_share SET ended_ms = new.removed_ms, ended = 'removed' WHERE meter = new.id AND ended = '';
    UPDATE bound_meter SET until_ms = new.removed_ms, ended = 'removed' WHERE meter = new.id AND until_ms IS NULL;
  END;

-- What a meter's own people were told, newest first.
CREATE INDEX message_meter ON message(meter, id) WHERE meter <> 0;
