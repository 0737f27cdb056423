#include "platform/store/meter_directory.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

using namespace anju;
using namespace anju::platform;

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most - 1)(random); }

/// Few letters, so that words are found; some of several bytes, two of which share their first bytes.
std::string any_text(Random& random, std::size_t most) {
  static const char* const kLetters[] = {"a", "B", "b", "0", "1", "电", "表", "电表", "-", "%", "_", " ", "é", "É", "\t"};
  std::string text;
  for (std::size_t i = below(random, most + 1); i > 0; --i) text += kLetters[below(random, std::size(kLetters))];
  return text;
}

std::string small(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '\t' ? ' ' : c;
  return text;
}

MeterEntry any_meter(Random& random, std::int64_t id, std::int64_t organisation) {
  MeterEntry entry;
  entry.id = id;
  entry.organisation = organisation;
  entry.site = static_cast<std::int32_t>(1 + below(random, 3));
  entry.gateway = static_cast<std::int32_t>(1 + below(random, 5));
  entry.plan = static_cast<std::int32_t>(1 + below(random, 2));
  entry.mode = static_cast<MeterMode>(below(random, 2));
  entry.relay = static_cast<wire::Relay>(below(random, 5));
  entry.account = static_cast<AccountState>(below(random, 4));
  entry.reachable = below(random, 2) == 0;
  entry.name = any_text(random, 6);
  entry.room = any_text(random, 3);
  entry.address = any_text(random, 12);
  entry.device = "d" + std::to_string(id);
  return entry;
}

MeterQuestion any_question(Random& random, const std::map<std::int64_t, MeterEntry>& meters) {
  MeterQuestion asked;
  const auto maybe = [&] { return below(random, 5) == 0; };
  asked.organisation = static_cast<std::int64_t>(1 + below(random, 3));
  if (maybe()) asked.sites = std::vector<std::int64_t>{1, 3};
  if (maybe()) asked.site = 2;
  if (maybe()) asked.gateway = 4;
  if (maybe()) asked.plan = 2;
  if (maybe()) asked.mode = MeterMode::reading;
  if (maybe()) asked.relay = wire::Relay::open;
  if (maybe()) asked.account = AccountState::arrears;
  if (maybe()) asked.reachable = below(random, 2) == 0;
  if (maybe()) asked.silent = {2, 4};
  if (maybe()) {
    asked.among.emplace();
    for (const auto& [id, entry] : meters)
      if (below(random, 3) == 0) asked.among->push_back(id);
  }
  if (below(random, 2) == 0) asked.words = any_text(random, 3);
  asked.order = static_cast<MeterOrder>(below(random, 5));
  asked.descending = below(random, 2) == 0;
  asked.limit = static_cast<std::int64_t>(1 + below(random, 30));
  asked.offset = static_cast<std::int64_t>(below(random, 2) == 0 ? 0 : below(random, meters.size() + 10));
  return asked;
}

bool takes(const MeterQuestion& q, const MeterEntry& m) {
  const auto has = [](const std::vector<std::int64_t>& all, std::int64_t one) { return std::find(all.begin(), all.end(), one) != all.end(); };
  const std::string words = small(q.words);
  const std::string* const columns[] = {&m.name, &m.room, &m.address, &m.device};
  const bool found = std::any_of(std::begin(columns), std::end(columns), [&](const std::string* text) { return small(*text).find(words) != std::string::npos; });
  return found && m.organisation == q.organisation && (!q.sites || has(*q.sites, m.site)) && (!q.site || *q.site == m.site) &&
         (!q.gateway || *q.gateway == m.gateway) && (!q.plan || *q.plan == m.plan) && (!q.mode || *q.mode == m.mode) && (!q.relay || *q.relay == m.relay) &&
         (!q.account || *q.account == m.account) && (!q.reachable || *q.reachable == (m.reachable && !has(q.silent, m.gateway))) &&
         (!q.among || has(*q.among, m.id));
}

/// The same, the way anybody would write it.
MetersFound plainly(const std::map<std::int64_t, MeterEntry>& meters, const MeterQuestion& asked) {
  std::vector<std::pair<std::string, std::int64_t>> all;
  for (const auto& [id, m] : meters) {
    if (!takes(asked, m)) continue;
    const std::string* const columns[] = {&m.name, &m.room, &m.address, &m.device};
    all.emplace_back(asked.order == MeterOrder::id ? std::string() : small(*columns[static_cast<std::size_t>(asked.order) - 1]), id);
  }
  std::sort(all.begin(), all.end());
  if (asked.descending) std::reverse(all.begin(), all.end());
  MetersFound found;
  found.total = static_cast<std::int64_t>(all.size());
  for (std::int64_t i = asked.offset; i < found.total && i < asked.offset + asked.limit; ++i) found.ids.push_back(all[static_cast<std::size_t>(i)].second);
  return found;
}

void compare(const MeterDirectory& directory, const std::map<std::int64_t, MeterEntry>& meters, Random& random, int questions) {
  for (int i = 0; i < questions; ++i) {
    const MeterQuestion asked = any_question(random, meters);
    CAPTURE(asked.words);
    CAPTURE(static_cast<int>(asked.order));
    CAPTURE(asked.offset);
    const MetersFound expected = plainly(meters, asked), found = directory.ask(asked);
    REQUIRE(found.total == expected.total);
    REQUIRE(found.ids == expected.ids);
    std::map<std::int64_t, std::int64_t> by_plan;
    for (const auto& [id, m] : meters)
      if (takes(asked, m)) ++by_plan[m.plan];
    REQUIRE(directory.count_by_plan(asked) == by_plan);
  }
}

}  // namespace

TEST_CASE("directory: words are found where a plain search finds them, wherever they lie across sixteen bytes") {
  Random random(3);
  for (int i = 0; i < 3000; ++i) {
    const std::string text = any_text(random, 40), words = any_text(random, 4);
    if (words.empty()) continue;
    const std::size_t from = below(random, text.size() + 1);
    CAPTURE(text);
    CAPTURE(words);
    REQUIRE(find_words(text, words, from) == text.find(words, from));
  }
}

TEST_CASE("directory: filters, words, order and pages are those of a plain search, also after any changes") {
  Random random(11);
  std::map<std::int64_t, MeterEntry> meters;
  MeterDirectory directory;
  std::int64_t newest = 0;
  // More than two blocks of one organisation, few of another, none of a third.
  for (; newest < 2300; ++newest) meters[newest + 1] = any_meter(random, newest + 1, newest % 20 == 0 ? 2 : 1);
  for (const auto& [id, entry] : meters) directory.add(entry);
  directory.loaded();
  compare(directory, meters, random, 60);

  std::size_t dropped = 0;
  for (int round = 0; round < 40; ++round) {
    std::vector<MeterDirectory::Change> changes;
    std::set<std::int64_t> named;
    for (std::size_t i = below(random, round % 10 == 9 ? 400 : 4) + 1; i > 0; --i) {
      const bool is_new = below(random, 3) == 0;
      const std::int64_t id = is_new ? ++newest : static_cast<std::int64_t>(1 + below(random, static_cast<std::size_t>(newest)));
      if (!named.insert(id).second) continue;
      const auto known = meters.find(id);
      if (!is_new && (known == meters.end() || below(random, 3) == 0)) {
        meters.erase(id);
        changes.push_back({id, std::nullopt});
        ++dropped;
        continue;
      }
      MeterEntry entry = any_meter(random, id, is_new ? static_cast<std::int64_t>(1 + below(random, 2)) : known->second.organisation);
      // Often only the state is another one.
      if (!is_new && below(random, 2) == 0) std::tie(entry.name, entry.room, entry.address) = std::tie(known->second.name, known->second.room, known->second.address);
      meters[id] = entry;
      changes.push_back({id, entry});
    }
    std::shuffle(changes.begin(), changes.end(), random);
    REQUIRE(directory.change(std::move(changes)));
    CHECK(directory.size() == static_cast<std::int64_t>(meters.size()));
    compare(directory, meters, random, 15);
  }
  CHECK(dropped > 20);
}

TEST_CASE("directory: a meter that comes to an organisation below its newest asks for a new load") {
  Random random(5);
  MeterDirectory directory;
  MeterEntry first = any_meter(random, 1, 1), second = any_meter(random, 2, 2);
  directory.add(first);
  directory.add(second);
  directory.loaded();
  first.organisation = 2;
  CHECK_FALSE(directory.change({{1, first}}));
}
