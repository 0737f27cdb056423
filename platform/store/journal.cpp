#include "platform/store/journal.hpp"

#include <algorithm>
#include <limits>

#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

/// Heads that are asked for at once.
constexpr std::int64_t kHeads = 256;

std::string table_of(bool tail) { return tail ? "reading_tail" : "reading_block"; }

}  // namespace

SharedBlock decode_or_throw(std::string_view body) {
  auto block = decode_journal(body);
  if (!block) throw soci::soci_error(block.error().where);
  return std::make_shared<const JournalBlock>(std::move(*block));
}

SharedBlock Journal::remembered(std::int64_t id) const {
  for (const SharedBlock& block : blocks_)
    if (block->holds(id)) return block;
  return nullptr;
}

SharedBlock Journal::bring(std::int64_t id, bool tail) {
  auto block = Question(session_).text("SELECT body FROM " + table_of(tail) + " WHERE id = ").value(id).first([](Select& row) {
    return decode_or_throw(row.bytes());
  });
  if (!block) return nullptr;
  if (blocks_.size() == kRemembered) blocks_.pop_front();
  return blocks_.emplace_back(std::move(*block));
}

SharedBlock Journal::bring_kept(const std::string& column, std::int64_t id) {
  auto block = Question(session_).text("SELECT body FROM reading_kept WHERE " + column + " = ").value(id).first([](Select& row) {
    return decode_or_throw(row.bytes());
  });
  return block ? std::move(*block) : nullptr;
}

const Journal::Cut& Journal::cut() {
  if (!cut_) {
    cut_ = Question(session_).text("SELECT next_reading, newest_transfer FROM reading_cut ORDER BY id DESC LIMIT 1").first([](Select& row) {
      const std::int64_t reading = row.integer();
      return Cut{reading, row.integer()};
    });
    if (!cut_) cut_.emplace();
  }
  return *cut_;
}

std::int64_t Journal::newest(std::int64_t meter, std::int64_t newest) {
  if (newest >= cut().reading || newest == 0) return newest;
  return Question(session_)
      .text("SELECT id FROM reading_kept WHERE meter = ")
      .value(meter)
      .text(" AND id <= ")
      .value(newest)
      .text(" ORDER BY id DESC LIMIT 1")
      .number();
}

std::optional<StoredTransfer> Journal::newest_transfer(std::int64_t meter, std::int64_t newest) {
  auto found = transfer(newest);
  if (found || newest == 0 || newest > cut().transfer) return found;
  const std::int64_t row = Question(session_).text("SELECT max(id) FROM transfer WHERE meter = ").value(meter).text(" AND id < ").value(newest).number();
  const std::int64_t kept =
      Question(session_).text("SELECT max(transfer) FROM reading_kept WHERE meter = ").value(meter).text(" AND transfer < ").value(newest).number();
  return transfer(std::max(row, kept));
}

std::int64_t Journal::before(const StoredReading& reading) {
  return reading.previous < reading.id ? newest(reading.meter, reading.previous) : 0;
}

bool Journal::in_tail(std::int64_t reading) {
  if (!tail_begins_) {
    const auto least = Question(session_).text("SELECT min(id) FROM reading_tail").number();
    tail_begins_ = least == 0 ? std::numeric_limits<std::int64_t>::max() : least;
  }
  return reading >= *tail_begins_;
}

Journal::Place Journal::reading(std::int64_t id) {
  SharedBlock block = remembered(id);
  if (block == nullptr && id < cut().reading) {
    block = bring_kept("id", id);
  } else if (block == nullptr) {
    const bool tail = in_tail(id);
    const auto first = Question(session_).text("SELECT id FROM " + table_of(tail) + " WHERE id <= ").value(id).text(" ORDER BY id DESC LIMIT 1").number();
    block = first == 0 ? nullptr : bring(first, tail);
  }
  if (block == nullptr || !block->holds(id)) return {};
  return {block, static_cast<std::size_t>(id - block->first())};
}

std::optional<StoredTransfer> Journal::transfer(std::int64_t id) {
  if (id == 0) return std::nullopt;
  const auto in = [id](const SharedBlock& block) -> std::optional<StoredTransfer> {
    const std::size_t place = block->place_of_transfer(id);
    if (place == block->size()) return std::nullopt;
    return deduction_of(block->row(place));
  };
  for (const SharedBlock& block : blocks_)
    if (auto found = in(block)) return found;
  for (const bool tail : {false, true}) {
    std::int64_t first = 0, last = 0;
    Question(session_)
        .text("SELECT id, last_transfer FROM " + table_of(tail) + " WHERE first_transfer <= ")
        .value(id)
        .text(" ORDER BY first_transfer DESC LIMIT 1")
        .rows([&](Select& row) {
          first = row.integer();
          last = row.integer();
        });
    if (last < id || remembered(first) != nullptr) continue;
    const SharedBlock block = bring(first, tail);
    if (block == nullptr) continue;
    if (auto found = in(block)) return found;
  }
  if (id <= cut().transfer) {
    if (const SharedBlock kept = bring_kept("transfer", id)) {
      if (auto found = in(kept)) return found;
    }
  }
  return Question(session_)
      .text("SELECT organisation, site, kind, debit, credit, amount_micro_yuan, at_ms, meter, previous, balance_micro_yuan, reading,"
            " price_plan_version, quantity_e4, nano_yuan FROM transfer WHERE id = ")
      .value(id)
      .first([id](Select& row) {
        StoredTransfer found;
        found.id = id;
        found.owner = row.owner();
        found.kind = static_cast<TransferKind>(row.integer());
        found.debit = row.integer();
        found.credit = row.integer();
        found.amount = row.money();
        found.at = row.time();
        found.meter = row.integer();
        found.previous = row.integer();
        found.balance = row.money();
        found.reading = row.integer();
        found.plan_version = row.integer();
        found.quantity = row.quantity();
        found.nano_yuan = row.integer();
        return found;
      });
}

void Journal::blocks(base::UtcMillis from, base::UtcMillis to, std::int64_t before, const std::function<bool(const BlockHead&)>& each) {
  for (const bool tail : {true, false}) {
    for (std::int64_t below = before;;) {
      std::vector<BlockHead> heads;
      Question(session_)
          .text("SELECT id, readings, least_at_ms FROM " + table_of(tail) + " WHERE id < ")
          .value(below)
          .text(" AND least_at_ms < ")
          .value(to.value)
          .text(" AND most_at_ms >= ")
          .value(from.value)
          .text(" ORDER BY id DESC LIMIT ")
          .value(kHeads)
          .rows([&](Select& row) {
            BlockHead& head = heads.emplace_back();
            head.id = row.integer();
            head.readings = row.integer();
            head.least_at = row.time();
            head.tail = tail;
          });
      for (const BlockHead& head : heads)
        if (!each(head)) return;
      if (static_cast<std::int64_t>(heads.size()) < kHeads) break;
      below = heads.back().id;
    }
  }
}

SharedBlock Journal::read(const BlockHead& head) {
  SharedBlock block = remembered(head.id);
  if (block == nullptr) block = bring(head.id, head.tail);
  if (block == nullptr) throw soci::soci_error("a block of readings has gone");
  return block;
}

}  // namespace anju::platform
