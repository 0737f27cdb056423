#include "platform/store/journal_block.hpp"

#include <doctest/doctest.h>
#include <zlib.h>

#include <limits>
#include <random>

#include "platform/store/integer_column.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min(), kMost = std::numeric_limits<std::int64_t>::max();

std::vector<std::int64_t> there_and_back(const std::vector<std::int64_t>& values) {
  std::string bytes;
  encode_column(values, bytes);
  std::vector<std::int64_t> back(values.size());
  std::string_view in = bytes;
  REQUIRE(decode_column(in, back));
  CHECK(in.empty());
  return back;
}

bool same(const JournalRow& a, const JournalRow& b) {
  const StoredReading &x = a.reading, &y = b.reading;
  return x.id == y.id && x.owner == y.owner && x.meter == y.meter && x.previous == y.previous && x.origin.stream == y.origin.stream &&
         x.origin.seq == y.origin.seq && x.origin.item == y.origin.item && x.at == y.at && x.kind == y.kind && x.state == y.state &&
         x.has_tariffs == y.has_tariffs && x.total == y.total && (!x.has_tariffs || x.tariffs == y.tariffs) && x.used == y.used &&
         x.plan_version == y.plan_version && x.reason == y.reason && a.transfer == b.transfer && a.previous_transfer == b.previous_transfer &&
         a.debit == b.debit && a.credit == b.credit && a.amount == b.amount && a.balance == b.balance && a.quantity == b.quantity &&
         a.nano_yuan == b.nano_yuan;
}

void check_round(const std::vector<JournalRow>& rows) {
  const std::string body = encode_journal(rows);
  const auto block = decode_journal(body);
  REQUIRE_MESSAGE(block, (block ? std::string() : block.error().where));
  REQUIRE(block->size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) CHECK(same(rows[i], block->row(i)));
}

/// Rows of any content: what a broken ledger might write.
std::vector<JournalRow> any_rows(std::mt19937_64& random, std::size_t count) {
  const auto any = [&random]() -> std::int64_t {
    switch (random() % 6) {
      case 0: return 0;
      case 1: return random() % 2 == 0 ? kLeast : kMost;
      case 2: return static_cast<std::int64_t>(random());
      default: return static_cast<std::int64_t>(random() % 100'000) - 10'000;
    }
  };
  static const std::array<std::string_view, 4> kReasons{"", "backward", "impossible_jump", "tariffs_exceed_total"};
  std::vector<JournalRow> rows(count);
  const auto first = static_cast<std::int64_t>(random() % 1'000'000) + 1;
  for (std::size_t i = 0; i < count; ++i) {
    StoredReading& r = rows[i].reading;
    r.id = first + static_cast<std::int64_t>(i);
    r.owner = {static_cast<std::int32_t>(random()), static_cast<std::int32_t>(random() % 3)};
    r.meter = any();
    r.previous = any();
    r.origin = {any(), any(), static_cast<std::int32_t>(random())};
    r.at = base::UtcMillis(any());
    r.kind = static_cast<wire::ReadingKind>(random() % 3);
    r.state = static_cast<ReadingState>(random() % 3);
    r.has_tariffs = random() % 2 == 0;
    r.total = base::Quantity(any());
    if (r.has_tariffs)
      for (base::Quantity& part : r.tariffs) part = base::Quantity(any());
    r.used = base::Quantity(any());
    r.plan_version = any();
    r.reason = kReasons[random() % kReasons.size()];
    if (random() % 2 == 0) continue;
    JournalRow& row = rows[i];
    row.transfer = static_cast<std::int64_t>(random() % 1000) + 1;
    row.previous_transfer = any();
    row.debit = any();
    row.credit = any();
    row.amount = base::Money(std::max(any(), kLeast + 1));
    row.balance = base::Money(any());
    row.quantity = base::Quantity(any());
    row.nano_yuan = any();
  }
  return rows;
}

/// A day's traffic: gateways of 200 meters each send them in turn, with four tariffs and one price.
std::vector<JournalRow> plausible_rows(std::mt19937_64& random, std::size_t count) {
  std::vector<JournalRow> rows(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto n = static_cast<std::int64_t>(i);
    const std::int64_t gateway = n / 200 * 7 % 50, meter = gateway * 200 + n % 200 + 1;
    StoredReading& r = rows[i].reading;
    r.id = 40'000'000 + n;
    r.owner = {1, 1};
    r.meter = meter;
    r.previous = r.id - 10'000 - static_cast<std::int64_t>(n / 200 * 200 % 600);
    r.origin = {gateway + 1, 5000 + n / 200, static_cast<std::int32_t>(n % 200)};
    r.at = base::UtcMillis(1'764'000'000'000 + n % 200 * 1300 + static_cast<std::int64_t>(random() % 400));
    r.has_tariffs = true;
    std::int64_t sum = 0;
    for (base::Quantity& part : r.tariffs) {
      part = base::Quantity(static_cast<std::int64_t>(random() % 250'000) * 100);
      sum += part.e4;
    }
    r.total = base::Quantity(sum + static_cast<std::int64_t>(random() % 4) * 100);
    r.used = base::Quantity(static_cast<std::int64_t>(random() % 60) * 100);
    r.plan_version = 1;
    JournalRow& row = rows[i];
    row.transfer = 30'000'000 + n;
    row.previous_transfer = row.transfer - 9'990;
    row.debit = meter + 3;
    row.credit = 2;
    row.quantity = r.used;
    row.nano_yuan = r.used.e4 * 61'234;
    row.amount = base::Money(row.nano_yuan / 1000 + static_cast<std::int64_t>(random() % 2));
    row.balance = base::Money(static_cast<std::int64_t>(random() % 300'000'000));
  }
  return rows;
}

void seal(std::string& body) {
  const auto sum = static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size() - 4)));
  for (std::size_t i = 0; i < 4; ++i) body[body.size() - 4 + i] = static_cast<char>(sum >> (8 * i));
}

}  // namespace

TEST_CASE("integer column: any integers come back as they were") {
  CHECK(there_and_back({}).empty());
  for (const std::vector<std::int64_t>& values :
       {std::vector<std::int64_t>{0}, {kLeast}, {kMost}, {kLeast, kMost}, {kLeast, kLeast + 1, kMost}, {kMost, kLeast, kLeast}, {0, kLeast}, {-1, 0, 1},
        {5, 5, 5, 5, 5, 5, 5, 5, 1'000'000}, {1'000'000, 5, 5, 5, 5, 5, 5, 5, 5, 5}, {300, 100, 200, 700, 100'000'000}})
    CHECK(there_and_back(values) == values);
  std::mt19937_64 random(1);
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::int64_t> values(random() % 300);
    const unsigned bits = static_cast<unsigned>(random() % 65);
    const auto scale = static_cast<std::int64_t>(random() % 3 == 0 ? 100 : 1);
    for (std::int64_t& value : values) {
      const std::uint64_t mask = bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
      value = static_cast<std::int64_t>(random() & mask) / scale * scale - (random() % 50 == 0 ? 1 : 0) * 1000;
    }
    CHECK(there_and_back(values) == values);
  }
}

TEST_CASE("integer column: equal values cost a few bytes, outliers cost their own bytes only") {
  std::string bytes;
  encode_column(std::vector<std::int64_t>(2000, 7), bytes);
  CHECK(bytes.size() <= 3);
  std::vector<std::int64_t> values(2000, 7);
  values[1000] = 1'000'000'000;
  bytes.clear();
  encode_column(values, bytes);
  CHECK(bytes.size() <= 16);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::int64_t>(i % 16) * 100 + 50;
  bytes.clear();
  encode_column(values, bytes);
  CHECK(bytes.size() <= 2000 * 5 / 8 + 8);
}

TEST_CASE("integer column: bytes that are no column are refused, and none is read beyond the end") {
  std::mt19937_64 random(2);
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes(random() % 40, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    std::vector<std::int64_t> values(random() % 30);
    std::string_view in = bytes;
    (void)decode_column(in, values);  // AddressSanitizer watches
    CHECK(in.size() <= bytes.size());
  }
}

TEST_CASE("journal block: rows come back as they were, whatever stands in them") {
  std::mt19937_64 random(3);
  check_round(any_rows(random, 1));
  for (int round = 0; round < 40; ++round) check_round(any_rows(random, 1 + random() % 300));
  check_round(plausible_rows(random, 2048));
  std::vector<JournalRow> refused(3);
  for (std::size_t i = 0; i < 3; ++i) {
    refused[i].reading.id = static_cast<std::int64_t>(i) + 1;
    refused[i].reading.state = ReadingState::quarantined;
    refused[i].reading.reason = "backward";
  }
  check_round(refused);
}

TEST_CASE("journal block: a reading with four tariffs and its deduction costs at most 20 bytes") {
  std::mt19937_64 random(4);
  const std::string body = encode_journal(plausible_rows(random, 2048));
  MESSAGE("bytes a reading: ", static_cast<double>(body.size()) / 2048);
  CHECK(body.size() <= 2048 * 20);
}

TEST_CASE("journal block: a deduction belongs to the reading that caused it, and to no other") {
  JournalRow row;
  row.reading.id = 5;
  row.reading.meter = 3;
  row.reading.plan_version = 2;
  StoredTransfer transfer;
  transfer.id = 9;
  transfer.reading = 5;
  transfer.meter = 3;
  transfer.plan_version = 2;
  transfer.debit = 30;
  transfer.credit = 1;
  transfer.amount = base::Money(4);
  transfer.nano_yuan = 4'200;
  const auto with = [&](auto&& change) {
    JournalRow fresh = row;
    StoredTransfer other = transfer;
    change(fresh, other);
    return attach(fresh, other);
  };
  CHECK(with([](JournalRow&, StoredTransfer&) {}));
  CHECK_FALSE(with([](JournalRow&, StoredTransfer& t) { t.kind = TransferKind::recharge; }));
  CHECK_FALSE(with([](JournalRow&, StoredTransfer& t) { t.reading = 6; }));
  CHECK_FALSE(with([](JournalRow&, StoredTransfer& t) { t.meter = 4; }));
  CHECK_FALSE(with([](JournalRow&, StoredTransfer& t) { t.plan_version = 3; }));
  CHECK_FALSE(with([](JournalRow&, StoredTransfer& t) { t.at = base::UtcMillis(1); }));
  CHECK_FALSE(with([](JournalRow& r, StoredTransfer&) { r.reading.state = ReadingState::quarantined; }));
  CHECK_FALSE(with([](JournalRow& r, StoredTransfer&) { r.transfer = 8; }));
  // What is given back goes the other way and stays a positive amount.
  transfer.nano_yuan = -4'200;
  transfer.debit = 1;
  transfer.credit = 30;
  REQUIRE(attach(row, transfer));
  const auto block = decode_journal(encode_journal({&row, 1}));
  REQUIRE(block);
  const StoredTransfer back = deduction_of(block->row(0));
  CHECK(back.debit == 1);
  CHECK(back.credit == 30);
  CHECK(back.amount == base::Money(4));
  CHECK(back.nano_yuan == -4'200);
}

TEST_CASE("journal block: damaged bytes are an error that says so, never something else") {
  std::mt19937_64 random(5);
  const auto rows = plausible_rows(random, 50);
  const std::string body = encode_journal(rows);
  for (std::size_t length = 0; length < body.size(); ++length) CHECK_FALSE(decode_journal(body.substr(0, length)));
  for (std::size_t i = 0; i < body.size(); ++i) {
    std::string changed = body;
    changed[i] = static_cast<char>(changed[i] ^ (1 << random() % 8));
    CHECK_FALSE(decode_journal(changed));
  }
  std::string newer = body;
  newer[0] = 2;
  seal(newer);
  REQUIRE_FALSE(decode_journal(newer));
  CHECK(decode_journal(newer).error().where.find("version") != std::string::npos);
  CHECK_FALSE(decode_journal(body + '\0'));
}

TEST_CASE("journal block: bytes with a right checksum are a block or an error") {
  std::mt19937_64 random(6);
  const std::string good = encode_journal(any_rows(random, 60));
  for (int round = 0; round < 30'000; ++round) {
    std::string body = good;
    for (std::uint64_t i = 0; i <= random() % 4; ++i) {
      const std::size_t at = random() % body.size();
      switch (random() % 3) {
        case 0: body[at] = static_cast<char>(random()); break;
        case 1: body.erase(at, random() % 5); break;
        default: body.insert(at, 1 + random() % 3, static_cast<char>(random())); break;
      }
    }
    if (body.size() < 5) continue;
    seal(body);
    const auto block = decode_journal(body);
    if (!block) {
      CHECK(!block.error().where.empty());
      continue;
    }
    for (std::size_t i = 0; i < block->size(); ++i) (void)deduction_of(block->row(i));  // the sanitizers watch
  }
}
