-- Messages to people: what the books' events were made into, who got it in the inbox, what left by SMS and mail and how that went, and the
-- SMS that were bought. Units as in 001_ledger.sql; these ids are dealt by the database. Nothing here refers to meter: the ledger may take one away.

-- How far each source was made into messages, written in the transaction that makes them. What is older than this migration is past.
CREATE TABLE message_cursor(
  source TEXT PRIMARY KEY CHECK (source IN ('notice', 'alarm', 'switched')),
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Relay orders in the order in which they were verified; ids of orders do not tell. The newest row always stays.
CREATE TABLE switched(
  id INTEGER PRIMARY KEY,
  command INTEGER NOT NULL
) STRICT;
CREATE TRIGGER switched_note AFTER UPDATE ON command
  WHEN new.state = 'verified' AND old.state <> 'verified' AND new.kind IN ('trip', 'close')
  BEGIN INSERT INTO switched(command) VALUES(new.id); END;

INSERT INTO message_cursor(source, last) SELECT 'notice', coalesce(max(id), 0) FROM notice;
INSERT INTO message_cursor(source, last) SELECT 'alarm', coalesce(max(id), 0) FROM alarm;
INSERT INTO message_cursor(source, last) VALUES('switched', 0);

-- cause says what it was made of and makes it once: 'notice 12', 'alarm 7', 'switched 3'. The values are those of that moment; '' and NULL:
-- there is none. site NULL: of the organisation; meter 0: of none.
CREATE TABLE message(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER,
  kind TEXT NOT NULL,
  cause TEXT NOT NULL UNIQUE,
  meter INTEGER NOT NULL,
  gateway TEXT NOT NULL,                                      -- code
  at_ms INTEGER NOT NULL,                                     -- of the cause
  created_ms INTEGER NOT NULL,
  meter_kind TEXT NOT NULL,
  meter_name TEXT NOT NULL,
  room TEXT NOT NULL,
  site_name TEXT NOT NULL,
  gateway_name TEXT NOT NULL,
  threshold_micro_yuan INTEGER,
  balance_micro_yuan INTEGER,
  reason TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  amount INTEGER
) STRICT;
CREATE INDEX message_created ON message(created_ms);

-- 站内信 (al-inbox). gathers: it stands for `count` equal messages of a flood, `message` is the first of them.
CREATE TABLE inbox(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  person INTEGER NOT NULL,
  message INTEGER NOT NULL REFERENCES message(id),
  kind TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 1),
  gathers INTEGER NOT NULL CHECK (gathers IN (0, 1)),
  opened_ms INTEGER NOT NULL,                                 -- when it was made
  at_ms INTEGER NOT NULL,                                     -- when its newest message was
  read_ms INTEGER
) STRICT;
CREATE INDEX inbox_person ON inbox(person, at_ms, id);
CREATE INDEX inbox_unread ON inbox(person, at_ms) WHERE read_ms IS NULL;
CREATE INDEX inbox_flood ON inbox(person, kind, opened_ms);
CREATE INDEX inbox_message ON inbox(message);
CREATE TRIGGER inbox_leave AFTER DELETE ON user BEGIN DELETE FROM inbox WHERE person = old.id; END;

-- One message on its way to one address; or, where it gathers, those of a flood. round: how often a person has sent it anew; the receiver's side knows it by id and round.
CREATE TABLE delivery(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER,
  message INTEGER NOT NULL REFERENCES message(id),
  kind TEXT NOT NULL,
  meter INTEGER NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('sms', 'mail')),
  address TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
  count INTEGER NOT NULL CHECK (count >= 1),
  gathers INTEGER NOT NULL CHECK (gathers IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed', 'given_up', 'no_package', 'no_provider')),
  round INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  due_ms INTEGER NOT NULL,                                    -- pending: not before; sending: taken anew then
  ended_ms INTEGER,
  error TEXT NOT NULL,
  UNIQUE (message, channel, address)
) STRICT;
CREATE INDEX delivery_due ON delivery(channel, due_ms) WHERE state IN ('pending', 'sending');
CREATE INDEX delivery_list ON delivery(organisation, id, site, state, channel, kind, created_ms);
CREATE INDEX delivery_meter ON delivery(meter, id);
CREATE INDEX delivery_flood ON delivery(address, channel, kind, created_ms);

-- 消息通知 (em-notify): the list of a meter is changed as a whole; version counts.
CREATE TABLE subscriber_list(
  meter INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  site INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE TABLE subscriber(
  meter INTEGER NOT NULL,
  number INTEGER NOT NULL,                                    -- its place in the list, from 1
  name TEXT NOT NULL,
  mobile TEXT NOT NULL,
  mail TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('zh-CN', 'en')),
  kinds TEXT NOT NULL,                                        -- separated by blanks
  PRIMARY KEY (meter, number)
) STRICT, WITHOUT ROWID;

-- 一键推送 (al-push-all). Its SMS are made a few hundred at a time; opening is the newest account that they were made for.
CREATE TABLE announcement(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  key TEXT NOT NULL,
  message INTEGER NOT NULL REFERENCES message(id),
  sites TEXT NOT NULL,                                        -- ids separated by blanks; '*': all of the organisation
  sms INTEGER NOT NULL CHECK (sms IN (0, 1)),
  inbox INTEGER NOT NULL CHECK (inbox IN (0, 1)),
  households INTEGER NOT NULL,                                -- as counted and confirmed
  staff INTEGER NOT NULL,
  opening INTEGER NOT NULL,
  newest_opening INTEGER NOT NULL,                            -- accounts that were opened later do not get it
  done INTEGER NOT NULL CHECK (done IN (0, 1)),
  by TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  UNIQUE (organisation, key)
) STRICT;
CREATE INDEX announcement_open ON announcement(id) WHERE done = 0;

-- 短信套餐 (sm-packages).
CREATE TABLE sms_package(
  id INTEGER PRIMARY KEY,
  organisation INTEGER NOT NULL REFERENCES organisation(id),
  key TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  price_micro_yuan INTEGER NOT NULL CHECK (price_micro_yuan >= 0),
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  UNIQUE (organisation, key)
) STRICT;
-- Bought = remaining + used. filled: what remained after the newest purchase; told_…: the staff knows that it is low, or at its end.
CREATE TABLE sms_stock(
  organisation INTEGER PRIMARY KEY REFERENCES organisation(id),
  remaining INTEGER NOT NULL CHECK (remaining >= 0),
  used INTEGER NOT NULL CHECK (used >= 0),
  filled INTEGER NOT NULL,
  told_low INTEGER NOT NULL CHECK (told_low IN (0, 1)),
  told_empty INTEGER NOT NULL CHECK (told_empty IN (0, 1))
) STRICT;

CREATE TRIGGER sms_package_keep_u BEFORE UPDATE ON sms_package BEGIN SELECT RAISE(ABORT, 'sms_package is append-only'); END;
CREATE TRIGGER sms_package_keep_d BEFORE DELETE ON sms_package BEGIN SELECT RAISE(ABORT, 'sms_package is append-only'); END;
