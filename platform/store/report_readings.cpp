// Reading records. Readings lie in blocks in the order of their arrival (journal.hpp). Two ways through them: of a few meters their chains are
// walked backwards; otherwise whole blocks are looked through, those whose times reach into the period.

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

#include "platform/store/cut_rows.hpp"
#include "platform/store/journal.hpp"
#include "platform/store/meter_words.hpp"
#include "platform/store/report_rows.hpp"
#include "platform/store/room_of_meter.hpp"

namespace anju::platform {
namespace {

using catalog::kMostLookedThrough;
using catalog::kMostSummed;
using catalog::ReportAsk;
using catalog::ReportPage;
using catalog::ReportRow;
using catalog::ReportTotals;

/// More meters are looked for block by block.
constexpr std::int64_t kMostChains = 16;
/// A meter's readings are stored in the order of their times, apart from what it froze at a midnight before.
constexpr std::int64_t kSlackMs = 2 * kDayMs;
constexpr std::array<const char*, 3> kKinds{"interval", "on_demand", "daily_freeze"};
constexpr std::array<const char*, 3> kStates{"used", "recorded", "quarantined"};

/// Meters that are looked up at once.
constexpr std::size_t kLookUp = 200;

std::int64_t place_of(const std::array<const char*, 3>& words, const std::string& word) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (word == words[i]) return static_cast<std::int64_t>(i);
  return -1;
}

/// What is asked of a reading itself.
class Conditions {
 public:
  explicit Conditions(const ReportAsk& ask) : from_(ask.from), to_(ask.to) {
    if (const auto* kind = asked_of(ask, "kind")) kind_ = place_of(kKinds, *kind);
    if (const auto* state = asked_of(ask, "state")) state_ = place_of(kStates, *state);
  }
  [[nodiscard]] bool hold(const JournalBlock& block, std::size_t at) const {
    const base::UtcMillis time(block.value(JournalColumn::at, at));
    if (time < from_ || time >= to_) return false;
    if (!kind_ && !state_) return true;
    const StoredReading reading = block.row(at).reading;
    return (!kind_ || *kind_ == static_cast<std::int64_t>(reading.kind)) && (!state_ || *state_ == static_cast<std::int64_t>(reading.state));
  }

 private:
  base::UtcMillis from_, to_;
  std::optional<std::int64_t> kind_, state_;
};

struct MeterTitle {
  std::string device, name, room, kind;
};

/// Which meters the question reaches, asked in portions and remembered.
class Meters {
 public:
  Meters(soci::session& session, const Scope& scope, const ReportAsk& ask) : session_(session), scope_(scope), ask_(ask) {}

  void learn(const std::vector<std::int64_t>& meters) {
    std::vector<std::int64_t> unknown;
    for (const std::int64_t meter : meters)
      if (known_.try_emplace(meter).second) unknown.push_back(meter);
    for (std::size_t at = 0; at < unknown.size(); at += kLookUp) {
      const auto begin = unknown.begin() + static_cast<std::ptrdiff_t>(at);
      const auto end = unknown.begin() + static_cast<std::ptrdiff_t>(std::min(unknown.size(), at + kLookUp));
      Question select(session_);
      select.text("SELECT m.id, m.device, m.name, " + room_of("m") + ", m.kind FROM meter m WHERE ").within(scope_, "m").among(" AND m.id", {begin, end});
      add_meter_conditions(select, ask_);
      add_equal(select, ask_, "utility", "m.kind");
      select.rows([this](Select& row) {
        auto& title = known_[row.integer()].emplace();
        title.device = row.text();
        title.name = row.text();
        title.room = row.text();
        title.kind = row.text();
      });
    }
  }
  /// Of one that was learnt. Null: it is not reached.
  [[nodiscard]] const MeterTitle* title(std::int64_t meter) const {
    const auto found = known_.find(meter);
    return found == known_.end() || !found->second ? nullptr : &*found->second;
  }

 private:
  soci::session& session_;
  const Scope& scope_;
  const ReportAsk& ask_;
  std::unordered_map<std::int64_t, std::optional<MeterTitle>> known_;
};

ReportRow show(const StoredReading& reading, const MeterTitle& title) {
  ReportRow row;
  row.key = std::to_string(reading.id);
  row.meter_title = title.device;
  auto& values = row.values;
  const auto number = [](bool there, base::Quantity quantity) { return number_or_nothing(there ? std::optional<long long>(quantity.e4) : std::nullopt); };
  values.emplace_back(reading.at.value);
  values.emplace_back(reading.meter);
  values.push_back(text_or_nothing(title.name));
  values.push_back(text_or_nothing(title.room));
  values.emplace_back(title.kind);
  values.emplace_back(reading.total.e4);
  values.push_back(number(reading.state == ReadingState::used, reading.used));
  for (const base::Quantity part : reading.tariffs) values.push_back(number(reading.has_tariffs, part));
  values.emplace_back(std::string(kKinds.at(static_cast<std::size_t>(reading.kind))));
  values.emplace_back(std::string(kStates.at(static_cast<std::size_t>(reading.state))));
  return row;
}

ReportPage page_by_blocks(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  Journal journal(session);
  Meters meters(session, scope, ask);
  const Conditions conditions(ask);
  ReportPage page;
  const std::int64_t before = ask.before.empty() ? std::numeric_limits<std::int64_t>::max() : ask.before.front();
  std::int64_t looked = 0;
  base::UtcMillis least;  // of the newest block that was not looked into whole
  journal.blocks(ask.from, ask.to, before, [&](const BlockHead& head) {
    if (looked != 0 && looked + head.readings > kMostLookedThrough) {  // not looked into: the following page begins there
      page.next = {head.end()};
      page.through = least;
      return false;
    }
    looked += head.readings;
    least = head.least_at;
    const SharedBlock block = journal.read(head);
    std::vector<std::size_t> places;
    for (auto at = static_cast<std::size_t>(std::min(before - head.id, head.readings)); at-- > 0;)
      if (conditions.hold(*block, at)) places.push_back(at);
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (i % kLookUp == 0) {
        std::vector<std::int64_t> ids;
        for (std::size_t k = i; k < std::min(places.size(), i + kLookUp); ++k) ids.push_back(block->value(JournalColumn::meter, places[k]));
        meters.learn(ids);
      }
      const StoredReading reading = block->row(places[i]).reading;
      const MeterTitle* title = meters.title(reading.meter);
      if (title == nullptr) continue;
      if (static_cast<std::int64_t>(page.rows.size()) == ask.limit) {
        page.next = {std::stoll(page.rows.back().key)};
        return false;
      }
      page.rows.push_back(show(reading, *title));
    }
    return true;
  });
  return page;
}

/// Where one meter's walk stands: the next reading to be looked at, 0: at its end.
struct Chain {
  std::int64_t meter = 0;
  std::int64_t head = 0;
};

ReportPage page_by_chains(soci::session& session, const Scope& scope, const ReportAsk& ask, std::vector<Chain> chains) {
  const std::int64_t each = kMostLookedThrough / static_cast<std::int64_t>(chains.size());
  Journal journal(session);
  Meters meters(session, scope, ask);
  std::vector<std::int64_t> ids;
  for (const Chain& chain : chains) ids.push_back(chain.meter);
  meters.learn(ids);
  const Conditions conditions(ask);
  ReportPage page;
  std::vector<std::pair<std::size_t, StoredReading>> found;  // with the chain's number
  std::int64_t cut = 0;  // rows below it may follow newer ones that were not looked at yet
  for (std::size_t i = 0; i < chains.size(); ++i) {
    Chain& chain = chains[i];
    std::int64_t shown = 0, walked_to = 0;
    base::UtcMillis oldest;
    // One more than the page has room for: rows from the end on are none of it.
    for (std::int64_t walked = 0; chain.head != 0 && walked < each && shown <= ask.limit; ++walked) {
      const auto place = journal.reading(chain.head);
      if (!place) {
        chain.head = 0;
        break;
      }
      StoredReading reading = place.row().reading;
      reading.reason = {};  // it would not outlive its block
      walked_to = reading.id;
      oldest = reading.at;
      if (reading.at < ask.to) ++shown;
      if (conditions.hold(*place.block, place.at)) found.emplace_back(i, reading);
      chain.head = reading.at.value >= ask.from.value - kSlackMs ? journal.before(reading) : 0;
    }
    if (chain.head == 0) continue;
    cut = std::max(cut, walked_to);
    page.through = std::max(page.through.value_or(oldest), oldest);
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.second.id > b.second.id; });

  std::size_t shown = 0;
  while (shown < found.size() && static_cast<std::int64_t>(shown) < ask.limit && found[shown].second.id >= cut) ++shown;
  // What was found and is not shown is found again: its chain goes on at its newest such row.
  for (std::size_t i = found.size(); i > shown; --i) chains[found[i - 1].first].head = found[i - 1].second.id;
  for (std::size_t i = 0; i < shown; ++i) {
    const StoredReading& reading = found[i].second;
    if (const MeterTitle* title = meters.title(reading.meter)) page.rows.push_back(show(reading, *title));
  }
  if (std::any_of(chains.begin(), chains.end(), [](const Chain& chain) { return chain.head != 0; })) {
    for (const Chain& chain : chains) page.next.push_back(chain.head);
  } else {
    page.through.reset();
  }
  return page;
}

/// The meters that are asked for, by id, with their newest reading; more than kMostChains: they are too many to be walked one by one.
std::vector<std::pair<std::int64_t, std::int64_t>> meters_of(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  std::vector<std::pair<std::int64_t, std::int64_t>> meters;
  Question select(session);
  select.text("SELECT m.id, r.newest_reading FROM meter m JOIN meter_register r ON r.meter = m.id WHERE ").within(scope, "m");
  add_meter_conditions(select, ask);
  add_equal(select, ask, "utility", "m.kind");
  select.text(" ORDER BY m.id LIMIT ").value(kMostChains + 1);
  select.rows([&](Select& reader) {
    const std::int64_t meter = reader.integer();
    meters.emplace_back(meter, reader.integer());
  });
  return meters;
}

}  // namespace

ReportPage page_of_readings(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  const auto since = [&session](ReportPage page) {
    page.since = cut_so_far(session).until;
    return page;
  };
  const auto meters = meters_of(session, scope, ask);
  if (meters.empty()) return {};
  if (static_cast<std::int64_t>(meters.size()) > kMostChains) return since(page_by_blocks(session, scope, ask));
  std::vector<Chain> chains;
  Journal journal(session);
  for (std::size_t i = 0; i < meters.size(); ++i) {
    std::int64_t head = journal.newest(meters[i].first, meters[i].second);
    // A head of the page before is believed when it is a reading of that meter.
    if (ask.before.size() == meters.size()) {
      const auto place = journal.reading(ask.before[i]);
      head = place && place.value(JournalColumn::meter) == meters[i].first ? ask.before[i] : 0;
    }
    chains.push_back({meters[i].first, head});
  }
  return since(page_by_chains(session, scope, ask, std::move(chains)));
}

std::optional<ReportTotals> totals_of_readings(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  ReportTotals totals{0, {0}};
  Journal journal(session);
  Meters meters(session, scope, ask);
  const Conditions conditions(ask);
  const bool one_kind = asked_of(ask, "utility") != nullptr;
  std::int64_t looked = 0;
  journal.blocks(ask.from, ask.to, std::numeric_limits<std::int64_t>::max(), [&](const BlockHead& head) {
    looked += head.readings;
    if (looked > kMostSummed) return false;
    const SharedBlock block = journal.read(head);
    std::vector<std::size_t> places;
    std::vector<std::int64_t> ids;
    for (std::size_t at = 0; at < block->size(); ++at) {
      if (!conditions.hold(*block, at)) continue;
      places.push_back(at);
      ids.push_back(block->value(JournalColumn::meter, at));
    }
    meters.learn(ids);
    for (const std::size_t at : places) {
      const StoredReading reading = block->row(at).reading;
      const MeterTitle* title = meters.title(reading.meter);
      if (title == nullptr) continue;
      ++totals.rows;
      // kWh and m3 are never added.
      if (reading.state == ReadingState::used && (one_kind || title->kind == "electricity")) totals.sums[0] += reading.used.e4;
    }
    return true;
  });
  if (looked > kMostSummed) return std::nullopt;
  return totals;
}

}  // namespace anju::platform
