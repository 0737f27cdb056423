#include "platform/store/journal.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <random>

#include "platform/store/question.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr std::size_t kRows = 50;

/// Commits readings one after the other; every third has no deduction, every seventh deduction is followed by a recharge.
struct Writer {
  ScratchDatabase file;
  std::unique_ptr<LedgerStore> store;
  std::int64_t readings = 0, transfers = 0;
  std::vector<StoredReading> all;
  std::vector<StoredTransfer> moved;

  Writer() { open(); }
  void open() {
    store.reset();
    auto opened = open_ledger_store(file.url(), kRows);
    REQUIRE_MESSAGE(opened, (opened ? std::string() : opened.error().where));
    store = std::move(*opened);
  }
  Batch batch(int count) {
    Batch made;
    for (int i = 0; i < count; ++i) {
      StoredReading& reading = made.readings.emplace_back();
      reading.id = readings + i + 1;
      reading.owner = {1, 1};
      reading.meter = reading.id % 4 + 1;
      reading.previous = std::max<std::int64_t>(0, reading.id - 4);
      reading.at = base::UtcMillis(1'000'000 + reading.id * 1000);
      reading.total = base::Quantity(reading.id);
      if (reading.id % 3 == 0) {
        reading.state = ReadingState::quarantined;
        reading.reason = "backward";
        continue;
      }
      const auto book = [&](TransferKind kind) {
        StoredTransfer& transfer = made.transfers.emplace_back();
        transfer.id = transfers + static_cast<std::int64_t>(made.transfers.size());
        transfer.owner = reading.owner;
        transfer.kind = kind;
        transfer.debit = 10;
        transfer.credit = 2;
        transfer.amount = base::Money(reading.id);
        transfer.meter = reading.meter;
        transfer.at = reading.at;
        transfer.reading = kind == TransferKind::deduction ? reading.id : 0;
        return transfer.id;
      };
      if (book(TransferKind::deduction) % 7 == 0) (void)book(TransferKind::recharge);
    }
    return made;
  }
  void commit(int count) {
    const Batch made = batch(count);
    const auto done = store->commit(made);
    REQUIRE_MESSAGE(done, (done ? std::string() : done.error().where));
    readings += count;
    transfers += static_cast<std::int64_t>(made.transfers.size());
    all.insert(all.end(), made.readings.begin(), made.readings.end());
    moved.insert(moved.end(), made.transfers.begin(), made.transfers.end());
  }
  std::int64_t number(const std::string& query) {
    soci::session session;
    REQUIRE(open_session(session, file.url(), true));
    return Question(session).text(query).number();
  }
  /// Everything that was committed is found by its id, and nothing else.
  void check_all() {
    soci::session session;
    REQUIRE(open_session(session, file.url(), true));
    soci::transaction snapshot(session);
    Journal journal(session);
    for (const StoredReading& reading : all) {
      const auto found = journal.reading(reading.id);
      REQUIRE(found);
      CHECK(found.row().reading.total == reading.total);
      CHECK(found.row().reading.reason == reading.reason);
    }
    for (const StoredTransfer& transfer : moved) {
      const auto found = journal.transfer(transfer.id);
      REQUIRE(found);
      CHECK(found->amount == transfer.amount);
      CHECK(found->kind == transfer.kind);
    }
    for (const std::int64_t nobody : {std::int64_t{0}, std::int64_t{-5}, readings + 1, std::numeric_limits<std::int64_t>::max()}) CHECK_FALSE(journal.reading(nobody));
    for (const std::int64_t nobody : {std::int64_t{0}, std::int64_t{-5}, transfers + 1}) CHECK_FALSE(journal.transfer(nobody));
  }
};

}  // namespace

TEST_CASE("journal: commits of any size become blocks of one size, over restarts, and everything is found") {
  Writer writer;
  std::mt19937_64 random(1);
  writer.check_all();
  for (int round = 0; round < 40; ++round) {
    writer.commit(static_cast<int>(random() % (round % 5 == 0 ? 200 : 12)));
    if (round % 9 == 4) writer.open();
    const auto whole = writer.readings / static_cast<std::int64_t>(kRows);
    CHECK(writer.number("SELECT count(*) FROM reading_block") == whole);
    CHECK(writer.number("SELECT coalesce(sum(readings), 0) FROM reading_block") == whole * static_cast<std::int64_t>(kRows));
    CHECK(writer.number("SELECT coalesce(sum(readings), 0) FROM reading_tail") == writer.readings % static_cast<std::int64_t>(kRows));
  }
  writer.check_all();
  const auto loaded = writer.store->load();
  REQUIRE(loaded);
  CHECK(loaded->newest.reading == writer.readings);
  CHECK(loaded->newest.transfer == writer.transfers);
}

TEST_CASE("journal: a commit that fails leaves tail and blocks as they were, and the next one goes on there") {
  Writer writer;
  writer.commit(30);
  Batch failing = writer.batch(170);
  failing.notices.push_back({1, {1, 1}, 999, false, {}, {}, {}});  // no such meter
  REQUIRE_FALSE(writer.store->commit(failing));
  CHECK(writer.number("SELECT count(*) FROM reading_block") == 0);
  CHECK(writer.number("SELECT sum(readings) FROM reading_tail") == 30);
  writer.commit(15);
  writer.commit(90);
  writer.check_all();
  CHECK(writer.number("SELECT count(*) FROM reading_block") == 2);
}

TEST_CASE("journal: blocks are found by their times, newest first, also where a gateway sends what is old") {
  Writer writer;
  for (int i = 0; i < 10; ++i) writer.commit(37);
  soci::session session;
  REQUIRE(open_session(session, writer.file.url(), true));
  soci::transaction snapshot(session);
  Journal journal(session);
  const auto found = [&](std::int64_t from, std::int64_t to, std::int64_t before) {
    std::vector<std::int64_t> ids;
    journal.blocks(base::UtcMillis(from), base::UtcMillis(to), before, [&](const BlockHead& head) {
      ids.push_back(head.id);
      CHECK(journal.read(head)->first() == head.id);
      return ids.size() < 4;
    });
    return ids;
  };
  constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::max();
  CHECK(found(0, kEver, kEver) == std::vector<std::int64_t>{351, 301, 251, 201});
  CHECK(found(0, kEver, 300) == std::vector<std::int64_t>{251, 201, 151, 101});
  CHECK(found(1'060'000, 1'120'000, kEver) == std::vector<std::int64_t>{101, 51});
  CHECK(found(0, 1'000, kEver).empty());
}

TEST_CASE("journal: a database with readings of an older version is refused in words, and stays as it is") {
  ScratchDatabase file;
  REQUIRE(open_ledger_store(file.url()));
  soci::session session;
  REQUIRE(open_session(session, file.url()));
  run_script(session,
             "DROP TABLE reading_block; DROP TABLE reading_tail; CREATE TABLE reading_block(block BIGINT);"
             "CREATE TABLE reading(id BIGINT PRIMARY KEY); INSERT INTO reading VALUES(1)");
  engine_of(session).set_version(session, 15);
  const auto refused = open_ledger_store(file.url());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().where.find("readings of an older version") != std::string::npos);
  CHECK(Question(session).text("SELECT count(*) FROM reading").number() == 1);
}
