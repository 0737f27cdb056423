// Reading records. `reading` has no index but its row number (001_ledger.sql). Two ways through it: of a few meters their chains are walked
// backwards; otherwise whole blocks of neighbouring rows are looked through, those whose times reach into the period (reading_block).

#include <algorithm>
#include <array>

#include "platform/store/meter_words.hpp"
#include "platform/store/report_rows.hpp"

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

constexpr const char* kColumns =
    "SELECT x.id, x.at_ms, m.id, m.device, m.name, m.room, x.total_e4, CASE WHEN x.state = 0 THEN x.used_e4 END, x.sharp_e4, x.peak_e4,"
    " x.flat_e4, x.valley_e4, x.kind, x.state";

struct Found {
  std::int64_t id = 0;
  ReportRow row;
};

Found read(Select& reader) {
  Found found;
  found.id = reader.integer();
  found.row.key = std::to_string(found.id);
  auto& values = found.row.values;
  values.emplace_back(std::int64_t{reader.integer()});
  values.emplace_back(std::int64_t{reader.integer()});
  found.row.meter_title = reader.text();
  values.push_back(text_or_nothing(reader.text()));
  values.push_back(text_or_nothing(reader.text()));
  for (int i = 0; i < 6; ++i) values.push_back(number_or_nothing(reader.maybe()));
  values.emplace_back(std::string(kKinds.at(static_cast<std::size_t>(reader.integer()))));
  values.emplace_back(std::string(kStates.at(static_cast<std::size_t>(reader.integer()))));
  return found;
}

std::int64_t place_of(const std::array<const char*, 3>& words, const std::string& word) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (word == words[i]) return static_cast<std::int64_t>(i);
  return -1;
}

void add_conditions(Question& select, const ReportAsk& ask) {
  select.text(" AND x.at_ms >= ").value(ask.from.value).text(" AND x.at_ms < ").value(ask.to.value);
  if (const auto* kind = asked_of(ask, "kind")) select.text(" AND x.kind = ").value(place_of(kKinds, *kind));
  if (const auto* state = asked_of(ask, "state")) select.text(" AND x.state = ").value(place_of(kStates, *state));
}

struct Block {
  std::int64_t number = 0;
  base::UtcMillis least_at;
  [[nodiscard]] std::int64_t begin() const { return number * kReadingBlock; }
  [[nodiscard]] std::int64_t end() const { return begin() + kReadingBlock; }
};

/// The blocks that the period reaches into, newest first, at most `most` and one more.
std::vector<Block> blocks_of(soci::session& session, const ReportAsk& ask, std::int64_t most) {
  std::vector<Block> blocks;
  Question select(session);
  select.text("SELECT block, least_at_ms FROM reading_block WHERE least_at_ms < ").value(ask.to.value).text(" AND most_at_ms >= ").value(ask.from.value);
  if (!ask.before.empty()) select.text(" AND block * ").value(kReadingBlock).text(" < ").value(ask.before.front());
  select.text(" ORDER BY block DESC LIMIT ").value(most + 1);
  select.rows([&](Select& reader) { 
    const std::int64_t number = reader.integer();
    blocks.push_back({number, reader.time()});
  });
  return blocks;
}

ReportPage page_by_blocks(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  const std::int64_t most = kMostLookedThrough / kReadingBlock;
  const std::vector<Block> blocks = blocks_of(session, ask, most);
  ReportPage page;
  std::int64_t shown = 0;  // the oldest row of the page
  for (const Block& block : blocks) {
    if (&block - blocks.data() == most) {  // not looked into: the following page begins there
      page.next = {block.end()};
      page.through = blocks[static_cast<std::size_t>(most - 1)].least_at;
      return page;
    }
    Question select(session);
    select.text(std::string(kColumns) + " FROM reading x JOIN meter m ON m.id = x.meter WHERE x.id >= ").value(block.begin());
    select.text(" AND x.id < ").value(ask.before.empty() ? block.end() : std::min(ask.before.front(), block.end()));
    select.text(" AND ").within(scope, "x");
    add_conditions(select, ask);
    add_meter_conditions(select, ask);
    select.text(" ORDER BY x.id DESC LIMIT ").value(ask.limit + 1 - static_cast<std::int64_t>(page.rows.size()));
    select.rows([&](Select& reader) {
      Found found = read(reader);
      if (static_cast<std::int64_t>(page.rows.size()) == ask.limit) {
        page.next = {shown};
        return;
      }
      shown = found.id;
      page.rows.push_back(std::move(found.row));
    });
    if (!page.next.empty()) return page;
  }
  return page;
}

/// Where one meter's walk stands: the next row to be looked at, 0: at its end.
struct Chain {
  std::int64_t head = 0;
  std::int64_t walked_to = 0;  ///< the oldest row looked at in this page
};

/// Past the rows that are newer than the period.
std::int64_t skip(soci::session& session, std::int64_t head, std::int64_t to, std::int64_t most, std::int64_t& walked) {
  std::int64_t found = head;
  Question select(session);
  select.text("WITH RECURSIVE chain(id, previous, at_ms, n) AS (SELECT id, previous, at_ms, 1 FROM reading WHERE id = ").value(head);
  select.text(" UNION ALL SELECT x.id, x.previous, x.at_ms, chain.n + 1 FROM chain JOIN reading x ON x.id = chain.previous WHERE chain.at_ms >= ").value(to);
  select.text(" AND chain.n < ").value(most).text(") SELECT id, n FROM chain ORDER BY n DESC LIMIT 1");
  select.rows([&](Select& reader) {
    found = reader.integer();
    walked += reader.integer();
  });
  return found;
}

ReportPage page_by_chains(soci::session& session, const ReportAsk& ask, std::vector<Chain> chains) {
  const std::int64_t each = kMostLookedThrough / static_cast<std::int64_t>(chains.size());
  ReportPage page;
  std::vector<std::pair<std::int64_t, Found>> found;  // with the chain's number
  std::int64_t cut = 0;  // rows below it may follow newer ones that were not looked at yet
  for (std::size_t i = 0; i < chains.size(); ++i) {
    Chain& chain = chains[i];
    if (chain.head == 0) continue;
    std::int64_t walked = 0;
    chain.head = skip(session, chain.head, ask.to.value, each, walked);
    const std::int64_t steps = std::max(std::int64_t{1}, std::min(ask.limit + 1, each - walked));
    std::int64_t next = 0, oldest_at = 0;
    Question(session)
        .text("WITH RECURSIVE chain(id, previous, n) AS (SELECT id, previous, 1 FROM reading WHERE id = ")
        .value(chain.head)
        .text(" UNION ALL SELECT x.id, x.previous, chain.n + 1 FROM chain JOIN reading x ON x.id = chain.previous WHERE chain.n < ")
        .value(steps)
        .text(") SELECT x.id, x.previous, x.at_ms FROM chain JOIN reading x ON x.id = chain.id ORDER BY chain.n DESC LIMIT 1")
        .rows([&](Select& reader) {
          chain.walked_to = reader.integer();
          next = reader.integer();
          oldest_at = reader.integer();
        });
    Question select(session);
    select.text("WITH RECURSIVE chain(id, previous, n) AS (SELECT id, previous, 1 FROM reading WHERE id = ").value(chain.head);
    select.text(" UNION ALL SELECT x.id, x.previous, chain.n + 1 FROM chain JOIN reading x ON x.id = chain.previous WHERE chain.n < ").value(steps);
    select.text(std::string(") ") + kColumns + " FROM chain JOIN reading x ON x.id = chain.id JOIN meter m ON m.id = x.meter WHERE x.id > 0");
    add_conditions(select, ask);
    select.text(" ORDER BY chain.n");
    select.rows([&](Select& reader) { found.emplace_back(static_cast<std::int64_t>(i), read(reader)); });
    chain.head = oldest_at < ask.from.value - kSlackMs ? 0 : next;
    if (chain.head == 0) continue;
    cut = std::max(cut, chain.walked_to);
    page.through = std::max(page.through.value_or(base::UtcMillis(oldest_at)), base::UtcMillis(oldest_at));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.second.id > b.second.id; });

  std::size_t shown = 0;
  while (shown < found.size() && static_cast<std::int64_t>(shown) < ask.limit && found[shown].second.id >= cut) ++shown;
  // What was found and is not shown is found again: its chain goes on at its newest such row.
  for (std::size_t i = found.size(); i > shown; --i) chains[static_cast<std::size_t>(found[i - 1].first)].head = found[i - 1].second.id;
  for (std::size_t i = 0; i < shown; ++i) page.rows.push_back(std::move(found[i].second.row));
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
  select.text(" ORDER BY m.id LIMIT ").value(kMostChains + 1);
  select.rows([&](Select& reader) {
    const std::int64_t meter = reader.integer();
    meters.emplace_back(meter, reader.integer());
  });
  return meters;
}

}  // namespace

ReportPage page_of_readings(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  const auto meters = meters_of(session, scope, ask);
  if (meters.empty()) return {};
  if (static_cast<std::int64_t>(meters.size()) > kMostChains) return page_by_blocks(session, scope, ask);
  std::vector<Chain> chains;
  for (std::size_t i = 0; i < meters.size(); ++i) {
    std::int64_t head = meters[i].second;
    // A head of the page before is believed when it is a reading of that meter.
    if (ask.before.size() == meters.size()) {
      head = Question(session).text("SELECT id FROM reading WHERE id = ").value(ask.before[i]).text(" AND meter = ").value(meters[i].first).number();
    }
    chains.push_back({head, 0});
  }
  return page_by_chains(session, ask, std::move(chains));
}

std::optional<ReportTotals> totals_of_readings(soci::session& session, const Scope& scope, const ReportAsk& ask) {
  ReportTotals totals{0, {0}};
  const std::int64_t most = kMostSummed / kReadingBlock;
  ReportAsk whole = ask;
  whole.before.clear();
  const auto blocks = blocks_of(session, whole, most);
  if (static_cast<std::int64_t>(blocks.size()) > most) return std::nullopt;
  const bool narrow = ask.meter || !ask.search.empty();
  for (const Block& block : blocks) {
    Question select(session);
    select.text("SELECT count(*), coalesce(sum(CASE WHEN x.state = 0 THEN x.used_e4 ELSE 0 END), 0) FROM reading x");
    if (narrow) select.text(" JOIN meter m ON m.id = x.meter");
    select.text(" WHERE x.id >= ").value(block.begin()).text(" AND x.id < ").value(block.end());
    select.text(" AND ").within(scope, "x");
    add_conditions(select, whole);
    add_meter_conditions(select, whole);
    select.rows([&](Select& reader) {
      totals.rows += reader.integer();
      totals.sums[0] += reader.integer();
    });
  }
  return totals;
}

}  // namespace anju::platform
