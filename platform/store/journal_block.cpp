#include "platform/store/journal_block.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "platform/domain/errc.hpp"
#include "platform/domain/varint.hpp"
#include "platform/store/integer_column.hpp"

namespace anju::platform {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kChecksum = 4;

enum Flag : std::int64_t { kStateShift = 2, kHasTariffs = 1 << 4, kDeducted = 1 << 5, kGivenBack = 1 << 6, kEstimated = 1 << 7, kAllFlags = (1 << 8) - 1 };

enum class Rows : std::uint8_t { all, with_tariffs, deducted };
struct Shape {
  bool differences = false;
  Rows rows = Rows::all;
};
constexpr std::array<Shape, kJournalColumns> kShapes{{
    {true, Rows::all},            // meter
    {true, Rows::all},            // behind
    {true, Rows::all},            // stream
    {true, Rows::all},            // seq
    {true, Rows::all},            // item
    {true, Rows::all},            // at
    {false, Rows::all},           // flags
    {false, Rows::all},           // reason
    {false, Rows::all},           // total
    {false, Rows::with_tariffs},  // sharp
    {false, Rows::with_tariffs},  // peak
    {false, Rows::with_tariffs},  // valley
    {false, Rows::with_tariffs},  // flat_rest
    {false, Rows::all},           // used
    {true, Rows::all},            // plan_version
    {true, Rows::deducted},       // transfer
    {true, Rows::deducted},       // behind_transfer
    {true, Rows::deducted},       // account
    {true, Rows::deducted},       // other
    {false, Rows::deducted},      // quantity
    {false, Rows::deducted},      // nano
    {false, Rows::deducted},      // amount
    {false, Rows::deducted},      // balance
    {true, Rows::all},            // site
    {true, Rows::all},            // organisation
}};

// What is stored may be wrong, so all sums wrap around instead of overflowing.
std::int64_t plus(std::int64_t a, std::int64_t b) { return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b)); }
std::int64_t minus(std::int64_t a, std::int64_t b) { return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b)); }
std::int64_t times(std::int64_t a, std::int64_t b) { return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b)); }
std::int64_t thousandth(std::int64_t nano) { return nano >= 0 ? nano / 1000 : -((-(nano + 1)) / 1000) - 1; }

/// What a deduction is guessed to cost: as much per unit as the one before at the same price version.
class Guess {
 public:
  [[nodiscard]] std::int64_t of(std::int64_t version, std::int64_t quantity) {
    if (newest_ >= known_.size() || known_[newest_].first != version) {
      for (newest_ = 0; newest_ < known_.size() && known_[newest_].first != version; ++newest_) {
      }
      if (newest_ == known_.size()) {
        if (known_.size() == kMost) known_.clear();
        newest_ = known_.size();
        known_.emplace_back(version, 0);
      }
    }
    return times(known_[newest_].second, quantity);
  }
  /// After of(): what it did cost.
  void learn(std::int64_t quantity, std::int64_t nano) {
    if (quantity > 0 && nano >= 0) known_[newest_].second = nano / quantity;
  }

 private:
  static constexpr std::size_t kMost = 64;
  std::vector<std::pair<std::int64_t, std::int64_t>> known_;
  std::size_t newest_ = 0;
};

using Columns = std::array<std::vector<std::int64_t>, kJournalColumns>;

std::int64_t place_of(std::vector<std::string_view>& reasons, std::string_view reason) {
  if (reason.empty()) return 0;
  auto found = std::find(reasons.begin(), reasons.end(), reason);
  if (found == reasons.end()) found = reasons.insert(reasons.end(), reason);
  return found - reasons.begin() + 1;
}

void gather(std::span<const JournalRow> rows, Columns& columns, std::vector<std::string_view>& reasons) {
  const auto put = [&columns](JournalColumn column, std::int64_t value) { columns[static_cast<std::size_t>(column)].push_back(value); };
  for (auto& column : columns) column.reserve(rows.size());
  Guess guess;
  for (const JournalRow& row : rows) {
    const StoredReading& r = row.reading;
    put(JournalColumn::meter, r.meter);
    put(JournalColumn::behind, minus(r.id, r.previous));
    put(JournalColumn::stream, r.origin.stream);
    put(JournalColumn::seq, r.origin.seq);
    put(JournalColumn::item, r.origin.item);
    put(JournalColumn::at, r.at.value);
    const std::int64_t account = row.transfer != 0 && row.amount.micro_yuan < 0 ? row.credit : row.debit;
    std::int64_t flags = static_cast<std::int64_t>(r.kind) | static_cast<std::int64_t>(r.state) << kStateShift;
    if (r.has_tariffs) flags |= kHasTariffs;
    if (r.estimated) flags |= kEstimated;
    if (row.transfer != 0) flags |= kDeducted;
    if (row.transfer != 0 && row.amount.micro_yuan < 0) flags |= kGivenBack;
    put(JournalColumn::flags, flags);
    put(JournalColumn::reason, place_of(reasons, r.reason));
    put(JournalColumn::total, r.total.e4);
    if (r.has_tariffs) {
      const auto& t = r.tariffs;
      put(JournalColumn::sharp, t[0].e4);
      put(JournalColumn::peak, t[1].e4);
      put(JournalColumn::valley, t[3].e4);
      put(JournalColumn::flat_rest, minus(minus(minus(minus(r.total.e4, t[0].e4), t[1].e4), t[3].e4), t[2].e4));
    }
    put(JournalColumn::used, r.used.e4);
    put(JournalColumn::plan_version, r.plan_version);
    put(JournalColumn::site, r.owner.site);
    put(JournalColumn::organisation, r.owner.organisation);
    if (row.transfer == 0) continue;
    put(JournalColumn::transfer, row.transfer);
    put(JournalColumn::behind_transfer, minus(row.transfer, row.previous_transfer));
    put(JournalColumn::account, minus(account, r.meter));
    put(JournalColumn::other, account == row.debit ? row.credit : row.debit);
    put(JournalColumn::quantity, minus(row.quantity.e4, r.used.e4));
    put(JournalColumn::nano, minus(row.nano_yuan, guess.of(r.plan_version, row.quantity.e4)));
    guess.learn(row.quantity.e4, row.nano_yuan);
    put(JournalColumn::amount, minus(row.amount.micro_yuan, thousandth(row.nano_yuan)));
    put(JournalColumn::balance, row.balance.micro_yuan);
  }
}

void to_differences(std::vector<std::int64_t>& values) {
  std::int64_t before = 0;
  for (std::int64_t& value : values) value = minus(value, std::exchange(before, value));
}

void from_differences(std::vector<std::int64_t>& values) {
  std::int64_t sum = 0;
  for (std::int64_t& value : values) value = sum = plus(sum, value);
}

/// From one value per row that has the flag to one per row.
void spread(std::vector<std::int64_t>& values, const std::vector<std::int64_t>& flags, std::int64_t flag) {
  std::vector<std::int64_t> wide(flags.size(), 0);
  std::size_t next = 0;
  for (std::size_t i = 0; i < flags.size(); ++i)
    if ((flags[i] & flag) != 0) wide[i] = values[next++];
  values = std::move(wide);
}

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

tl::unexpected<base::Error> bad(const char* what) { return base::fail(Errc::store_failed, std::string("a block of readings has ") + what); }

}  // namespace

StoredTransfer deduction_of(const JournalRow& row) {
  StoredTransfer made;
  made.id = row.transfer;
  made.owner = row.reading.owner;
  made.kind = TransferKind::deduction;
  made.debit = row.debit;
  made.credit = row.credit;
  made.amount = row.amount.micro_yuan < 0 ? -row.amount : row.amount;
  made.at = row.reading.at;
  made.meter = row.reading.meter;
  made.previous = row.previous_transfer;
  made.balance = row.balance;
  made.reading = row.reading.id;
  made.plan_version = row.reading.plan_version;
  made.quantity = row.quantity;
  made.nano_yuan = row.nano_yuan;
  return made;
}

bool attach(JournalRow& row, const StoredTransfer& transfer) {
  const StoredReading& reading = row.reading;
  const bool its_own = transfer.kind == TransferKind::deduction && transfer.reading == reading.id && transfer.meter == reading.meter &&
                       transfer.at == reading.at && transfer.owner == reading.owner && transfer.plan_version == reading.plan_version &&
                       reading.state == ReadingState::used && row.transfer == 0 && transfer.id != 0;
  if (!its_own) return false;
  row.transfer = transfer.id;
  row.previous_transfer = transfer.previous;
  row.debit = transfer.debit;
  row.credit = transfer.credit;
  // Negative: given back. The floor of nano / 1000 is, so a deduction of nothing is never taken for one.
  row.amount = transfer.nano_yuan < 0 && transfer.amount.micro_yuan != 0 ? -transfer.amount : transfer.amount;
  row.balance = transfer.balance;
  row.quantity = transfer.quantity;
  row.nano_yuan = transfer.nano_yuan;
  return true;
}

JournalRow JournalBlock::row(std::size_t place) const {
  const auto at = [&](JournalColumn column) { return value(column, place); };
  JournalRow row;
  StoredReading& r = row.reading;
  const std::int64_t flags = at(JournalColumn::flags);
  r.id = first_ + static_cast<std::int64_t>(place);
  r.owner = {static_cast<std::int32_t>(at(JournalColumn::organisation)), static_cast<std::int32_t>(at(JournalColumn::site))};
  r.meter = at(JournalColumn::meter);
  r.previous = minus(r.id, at(JournalColumn::behind));
  r.origin = {at(JournalColumn::stream), at(JournalColumn::seq), static_cast<std::int32_t>(at(JournalColumn::item))};
  r.at = base::UtcMillis(at(JournalColumn::at));
  r.kind = static_cast<wire::ReadingKind>(flags & 3);
  r.state = static_cast<ReadingState>(flags >> kStateShift & 3);
  r.total = base::Quantity(at(JournalColumn::total));
  r.has_tariffs = (flags & kHasTariffs) != 0;
  r.estimated = (flags & kEstimated) != 0;
  if (r.has_tariffs) {
    const std::int64_t sharp = at(JournalColumn::sharp), peak = at(JournalColumn::peak), valley = at(JournalColumn::valley);
    const std::int64_t flat = minus(minus(minus(minus(r.total.e4, sharp), peak), valley), at(JournalColumn::flat_rest));
    r.tariffs = {base::Quantity(sharp), base::Quantity(peak), base::Quantity(flat), base::Quantity(valley)};
  }
  r.used = base::Quantity(at(JournalColumn::used));
  r.plan_version = at(JournalColumn::plan_version);
  if (const std::int64_t reason = at(JournalColumn::reason); reason != 0) r.reason = reasons_[static_cast<std::size_t>(reason - 1)];
  if ((flags & kDeducted) == 0) return row;
  row.transfer = at(JournalColumn::transfer);
  row.previous_transfer = minus(row.transfer, at(JournalColumn::behind_transfer));
  const std::int64_t account = plus(at(JournalColumn::account), r.meter), other = at(JournalColumn::other);
  const bool back = (flags & kGivenBack) != 0;
  row.debit = back ? other : account;
  row.credit = back ? account : other;
  row.amount = base::Money(at(JournalColumn::amount));
  row.balance = base::Money(at(JournalColumn::balance));
  row.quantity = base::Quantity(at(JournalColumn::quantity));
  row.nano_yuan = at(JournalColumn::nano);
  return row;
}

std::size_t JournalBlock::place_of_transfer(std::int64_t transfer) const {
  const auto& transfers = columns_[static_cast<std::size_t>(JournalColumn::transfer)];
  if (transfer == 0 || transfers.empty()) return size_;
  return static_cast<std::size_t>(std::find(transfers.begin(), transfers.end(), transfer) - transfers.begin());
}

/// From the columns as they are stored to a value per row; false: they contradict each other.
bool JournalBlock::restore() {
  const auto& flags = of(JournalColumn::flags);
  for (const std::int64_t flag : flags)
    if (flag < 0 || flag > kAllFlags || (flag & 3) == 3 || (flag >> kStateShift & 3) == 3) return false;
  const auto reasons = static_cast<std::int64_t>(reasons_.size());
  for (const std::int64_t reason : of(JournalColumn::reason))
    if (reason < 0 || reason > reasons) return false;
  for (const JournalColumn column : {JournalColumn::item, JournalColumn::site, JournalColumn::organisation}) {
    for (const std::int64_t value : of(column))
      if (value < std::numeric_limits<std::int32_t>::min() || value > std::numeric_limits<std::int32_t>::max()) return false;
  }
  Guess guess;
  for (std::size_t i = 0; i < size_; ++i) {
    if ((value(JournalColumn::flags, i) & kDeducted) == 0) continue;
    // The transfers' column says where deductions are: those of a block without it would be found by nobody.
    if (value(JournalColumn::transfer, i) == 0) return false;
    const std::int64_t quantity = plus(value(JournalColumn::quantity, i), value(JournalColumn::used, i));
    const std::int64_t nano = plus(value(JournalColumn::nano, i), guess.of(value(JournalColumn::plan_version, i), quantity));
    guess.learn(quantity, nano);
    for (const auto& [column, restored] : {std::pair{JournalColumn::quantity, quantity}, std::pair{JournalColumn::nano, nano},
                                           std::pair{JournalColumn::amount, plus(value(JournalColumn::amount, i), thousandth(nano))}}) {
      auto& values = of(column);
      if (values.empty()) values.resize(size_, 0);
      values[i] = restored;
    }
    const std::int64_t amount = value(JournalColumn::amount, i);
    if (((value(JournalColumn::flags, i) & kGivenBack) != 0) != (amount < 0) || amount == std::numeric_limits<std::int64_t>::min()) return false;
  }
  return true;
}

std::string encode_journal(std::span<const JournalRow> rows) {
  Columns columns;
  std::vector<std::string_view> reasons;
  gather(rows, columns, reasons);
  std::uint64_t there = 0;
  for (std::size_t i = 0; i < kJournalColumns; ++i) {
    const auto& values = columns[i];
    if (std::any_of(values.begin(), values.end(), [](std::int64_t value) { return value != 0; })) there |= std::uint64_t{1} << i;
  }
  std::string out(1, kVersion);
  out.reserve(rows.size() * 24 + 128);
  put_varint(out, static_cast<std::uint64_t>(rows.front().reading.id));
  put_varint(out, rows.size());
  put_varint(out, there);
  put_varint(out, reasons.size());
  for (const std::string_view reason : reasons) {
    put_varint(out, reason.size());
    out += reason;
  }
  for (std::size_t i = 0; i < kJournalColumns; ++i) {
    if ((there >> i & 1) == 0) continue;
    if (kShapes[i].differences) to_differences(columns[i]);
    encode_column(columns[i], out);
  }
  const std::uint32_t sum = checksum(out);
  for (unsigned i = 0; i < kChecksum; ++i) out += static_cast<char>(sum >> (8 * i));
  return out;
}

base::Result<JournalBlock> decode_journal(std::string_view body) {
  if (body.size() < 1 + kChecksum) return bad("too few bytes");
  if (body.front() != kVersion) return bad("a version that this program does not know");
  std::string_view in = body.substr(0, body.size() - kChecksum);
  std::uint32_t sum = 0;
  for (unsigned i = 0; i < kChecksum; ++i) sum |= static_cast<std::uint32_t>(static_cast<unsigned char>(body[in.size() + i])) << (8 * i);
  if (checksum(in) != sum) return bad("a checksum that its bytes do not have");
  in.remove_prefix(1);

  std::uint64_t first = 0, count = 0, there = 0, reasons = 0;
  if (!take_varint(in, first) || !take_varint(in, count) || !take_varint(in, there) || !take_varint(in, reasons)) return bad("no head");
  constexpr std::uint64_t kGreatestId = std::numeric_limits<std::int64_t>::max() - kMostJournalRows;
  if (first == 0 || first > kGreatestId || count == 0 || count > kMostJournalRows || reasons > kMostReasons) return bad("an impossible head");
  if (there >> kJournalColumns != 0) return bad("columns that this program does not know");
  JournalBlock block;
  block.first_ = static_cast<std::int64_t>(first);
  block.size_ = static_cast<std::size_t>(count);
  for (std::uint64_t i = 0; i < reasons; ++i) {
    std::uint64_t length = 0;
    if (!take_varint(in, length) || length > in.size()) return bad("a cut reason");
    block.reasons_.emplace_back(in.substr(0, length));
    in.remove_prefix(length);
  }
  std::size_t with_tariffs = 0, deducted = 0;
  for (std::size_t i = 0; i < kJournalColumns; ++i) {
    if ((there >> i & 1) == 0) continue;
    const Shape shape = kShapes[i];
    auto& values = block.columns_[i];
    values.resize(shape.rows == Rows::all ? block.size_ : shape.rows == Rows::with_tariffs ? with_tariffs : deducted);
    if (!decode_column(in, values)) return bad("a column that cannot be read");
    if (shape.differences) from_differences(values);
    const auto& flags = block.of(JournalColumn::flags);
    if (i == static_cast<std::size_t>(JournalColumn::flags)) {
      for (const std::int64_t flag : flags) {
        if ((flag & kHasTariffs) != 0) ++with_tariffs;
        if ((flag & kDeducted) != 0) ++deducted;
      }
    }
    if (shape.rows == Rows::all) continue;
    spread(values, flags.empty() ? std::vector<std::int64_t>(block.size_, 0) : flags, shape.rows == Rows::with_tariffs ? kHasTariffs : kDeducted);
  }
  if (!in.empty()) return bad("bytes behind its columns");
  if (!block.restore()) return bad("columns that contradict each other");
  return block;
}

}  // namespace anju::platform
