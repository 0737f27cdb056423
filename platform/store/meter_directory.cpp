#include "platform/store/meter_directory.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace anju::platform {
namespace {

constexpr std::size_t kBlock = 1024;  ///< slots; a text that changes moves its block only
constexpr char kBehindField = '\x1f', kBehindMeter = '\x1e';
constexpr std::size_t kColumns = 4;  ///< name, room, address, device

/// As it is searched and sorted by. Control characters are none of the separators.
void append_plain(std::string& to, std::string_view text) {
  for (const char c : text) to += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
}

std::string text_of(const MeterEntry& entry) {
  std::string text;
  append_plain(text, entry.name);
  for (const std::string* further : {&entry.room, &entry.address, &entry.device}) {
    text += kBehindField;
    append_plain(text, *further);
  }
  return text + kBehindMeter;
}

std::string_view column_of(std::string_view text, std::size_t column) {
  for (; column > 0; --column) text.remove_prefix(text.find(kBehindField) + 1);
  return text.substr(0, text.find_first_of("\x1f\x1e"));
}

/// One bit per slot.
class Marks {
 public:
  explicit Marks(std::size_t slots) : words_((slots + 63) / 64) {}
  void set(std::size_t slot) { words_[slot / 64] |= std::uint64_t{1} << slot % 64; }
  [[nodiscard]] bool has(std::size_t slot) const { return (words_[slot / 64] >> slot % 64 & 1) != 0; }
  [[nodiscard]] std::int64_t count() const {
    std::int64_t all = 0;
    for (const std::uint64_t word : words_) all += std::popcount(word);
    return all;
  }
  [[nodiscard]] const std::vector<std::uint64_t>& words() const { return words_; }

 private:
  std::vector<std::uint64_t> words_;
};

struct Slot {
  std::int64_t id = 0;
  std::int32_t site = 0, gateway = 0, plan = 0;
  MeterMode mode = MeterMode::prepaid;
  wire::Relay relay = wire::Relay::unknown;
  AccountState account = AccountState::normal;
  wire::MeterKind kind = wire::MeterKind::electricity;
  bool reachable = false, there = false;  ///< a slot whose meter is gone stays, so that the others keep their numbers
};

Slot slot_of(const MeterEntry& entry) {
  return {entry.id, entry.site, entry.gateway, entry.plan, entry.mode, entry.relay, entry.account, entry.kind, entry.reachable, true};
}

struct Block {
  std::vector<Slot> slots;
  std::vector<std::uint32_t> ends;  ///< of each slot's text
  std::string text;

  [[nodiscard]] std::string_view text_of(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1];
    return std::string_view(text).substr(begin, ends[i] - begin);
  }
  void set_text(std::size_t i, std::string_view words) {
    const std::size_t begin = i == 0 ? 0 : ends[i - 1], before = ends[i] - begin;
    text.replace(begin, before, words);
    for (std::size_t k = i; k < ends.size(); ++k) ends[k] = static_cast<std::uint32_t>(ends[k] - before + words.size());
  }
};

/// The conditions of a question, ready for a million slots.
class Filter {
 public:
  explicit Filter(const MeterQuestion& question) : question_(question) {
    if (question.reachable)
      for (const std::int64_t gateway : question.silent) {
        const auto at = static_cast<std::size_t>(gateway);
        if (at >= silent_.size()) silent_.resize(at + 1, false);
        silent_[at] = true;
      }
  }

  [[nodiscard]] bool takes(const Slot& slot) const {
    const MeterQuestion& q = question_;
    if (!slot.there) return false;
    if (q.site && slot.site != *q.site) return false;
    if (q.gateway && slot.gateway != *q.gateway) return false;
    if (q.plan && slot.plan != *q.plan) return false;
    if (q.mode && slot.mode != *q.mode) return false;
    if (q.kind && slot.kind != *q.kind) return false;
    if (q.relay && slot.relay != *q.relay) return false;
    if (q.account && slot.account != *q.account) return false;
    if (q.reachable && *q.reachable != (slot.reachable && !is_silent(slot.gateway))) return false;
    return !q.sites || std::find(q.sites->begin(), q.sites->end(), slot.site) != q.sites->end();
  }

 private:
  [[nodiscard]] bool is_silent(std::int32_t gateway) const {
    const auto at = static_cast<std::size_t>(gateway);
    return at < silent_.size() && silent_[at];
  }

  const MeterQuestion& question_;
  std::vector<bool> silent_;
};

}  // namespace

std::size_t find_words(std::string_view text, std::string_view words, std::size_t from) {
  if (words.empty() || words.size() == 1) return text.find(words, from);
  if (from >= text.size() || text.size() - from < words.size()) return std::string_view::npos;
  // Sixteen places at a time where the first and the last letter are right; what stands between is compared only there.
  using Letters = unsigned char __attribute__((vector_size(16)));
  const Letters first = Letters{} + static_cast<unsigned char>(words.front()), last = Letters{} + static_cast<unsigned char>(words.back());
  const std::size_t most = text.size() - words.size();
  std::size_t at = from;
  for (; at + 15 <= most; at += 16) {
    Letters begin, end;
    std::memcpy(&begin, text.data() + at, sizeof begin);
    std::memcpy(&end, text.data() + at + words.size() - 1, sizeof end);
    const auto same = (begin == first) & (end == last);
    std::uint64_t halves[2];
    static_assert(sizeof halves == sizeof same && std::endian::native == std::endian::little);
    std::memcpy(halves, &same, sizeof halves);
    for (std::size_t half = 0; half < 2; ++half) {
      for (std::uint64_t rest = halves[half] & 0x0101010101010101; rest != 0; rest &= rest - 1) {
        const std::size_t byte = static_cast<std::size_t>(std::countr_zero(rest)) / 8;
        const std::size_t place = at + half * 8 + byte;
        if (std::memcmp(text.data() + place, words.data(), words.size()) == 0) return place;
      }
    }
  }
  return text.find(words, at);
}

class MeterDirectory::Part {
 public:
  void add(const MeterEntry& entry) {
    if (blocks_.empty() || blocks_.back().slots.size() == kBlock) {
      if (!blocks_.empty()) blocks_.back().text.shrink_to_fit();
      blocks_.emplace_back();
      blocks_.back().slots.reserve(kBlock);
      blocks_.back().ends.reserve(kBlock);
    }
    Block& block = blocks_.back();
    block.slots.push_back(slot_of(entry));
    block.text += text_of(entry);
    block.ends.push_back(static_cast<std::uint32_t>(block.text.size()));
    ++there_;
  }

  void sort() {
    for (std::size_t column = 0; column < kColumns; ++column) {
      // The first letters as a number decide most comparisons without a look at the text.
      struct Key {
        std::uint64_t head;
        std::uint32_t slot;
      };
      std::vector<Key> keys;
      keys.reserve(slots());
      for (std::uint32_t slot = 0; slot < slots(); ++slot)
        if (at(slot).there) keys.push_back({head_of(text(slot, column)), slot});
      std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
        return a.head != b.head ? a.head < b.head : before(a.slot, b.slot, column);
      });
      orders_[column].clear();
      orders_[column].reserve(keys.size());
      for (const Key& key : keys) orders_[column].push_back(key.slot);
    }
  }

  [[nodiscard]] std::optional<std::uint32_t> find(std::int64_t id) const {
    auto block = std::upper_bound(blocks_.begin(), blocks_.end(), id, [](std::int64_t wanted, const Block& b) { return wanted < b.slots.front().id; });
    if (block == blocks_.begin()) return std::nullopt;
    --block;
    const auto slot = std::lower_bound(block->slots.begin(), block->slots.end(), id, [](const Slot& s, std::int64_t wanted) { return s.id < wanted; });
    if (slot == block->slots.end() || slot->id != id || !slot->there) return std::nullopt;
    return static_cast<std::uint32_t>((block - blocks_.begin()) * static_cast<std::ptrdiff_t>(kBlock) + (slot - block->slots.begin()));
  }

  [[nodiscard]] std::int64_t last_id() const { return blocks_.empty() ? 0 : blocks_.back().slots.back().id; }
  [[nodiscard]] std::int64_t size() const { return there_; }

  /// The slots whose texts are other ones, or gone, or new, are named to `reorder` afterwards.
  void drop(std::uint32_t slot, std::vector<std::uint32_t>& moved) {
    at(slot).there = false;
    blocks_[slot / kBlock].set_text(slot % kBlock, {});
    moved.push_back(slot);
    --there_;
  }
  void set(std::uint32_t slot, const MeterEntry& entry, std::vector<std::uint32_t>& moved) {
    at(slot) = slot_of(entry);
    const std::string text = text_of(entry);
    Block& block = blocks_[slot / kBlock];
    if (block.text_of(slot % kBlock) == text) return;
    block.set_text(slot % kBlock, text);
    moved.push_back(slot);
  }
  void append(const MeterEntry& entry, std::vector<std::uint32_t>& moved) {
    add(entry);
    moved.push_back(static_cast<std::uint32_t>(slots() - 1));
  }

  void reorder(std::vector<std::uint32_t> moved) {
    if (moved.empty()) return;
    Marks away(slots());
    for (const std::uint32_t slot : moved) away.set(slot);
    std::erase_if(moved, [&](std::uint32_t slot) { return !at(slot).there; });
    for (std::size_t column = 0; column < kColumns; ++column) {
      std::vector<std::uint32_t>& order = orders_[column];
      std::erase_if(order, [&](std::uint32_t slot) { return away.has(slot); });
      const auto earlier = [&](std::uint32_t a, std::uint32_t b) { return before(a, b, column); };
      std::sort(moved.begin(), moved.end(), earlier);
      // From the back, each once: a merge would compare a million texts for one new one.
      std::size_t end = order.size();
      order.resize(order.size() + moved.size());
      for (std::size_t k = moved.size(); k > 0; --k) {
        const auto old_end = order.begin() + static_cast<std::ptrdiff_t>(end);
        const auto place = std::upper_bound(order.begin(), old_end, moved[k - 1], earlier);
        std::move_backward(place, old_end, old_end + static_cast<std::ptrdiff_t>(k));
        end = static_cast<std::size_t>(place - order.begin());
        order[end + k - 1] = moved[k - 1];
      }
    }
  }

  [[nodiscard]] MetersFound ask(const MeterQuestion& question) const {
    const Marks found = matching(question);
    MetersFound answer;
    answer.total = found.count();
    std::int64_t offset = question.offset, limit = std::min(question.limit, answer.total - offset);
    if (limit <= 0) return answer;
    // From the nearer end.
    bool backwards = question.descending;
    const bool turned = offset > answer.total / 2;
    if (turned) {
      offset = answer.total - offset - limit;
      backwards = !backwards;
    }
    if (question.order == MeterOrder::id) {
      take_by_id(found, backwards, offset, limit, answer.ids);
    } else {
      const auto& order = orders_[static_cast<std::size_t>(question.order) - 1];
      const auto take = [&](std::uint32_t slot) {
        if (!found.has(slot) || offset-- > 0) return true;
        answer.ids.push_back(at(slot).id);
        return --limit > 0;
      };
      if (backwards) static_cast<void>(std::all_of(order.rbegin(), order.rend(), take));
      else static_cast<void>(std::all_of(order.begin(), order.end(), take));
    }
    if (turned) std::reverse(answer.ids.begin(), answer.ids.end());
    return answer;
  }

  [[nodiscard]] std::map<std::int64_t, std::int64_t> count_by_plan(const MeterQuestion& question) const {
    const Marks found = matching(question);
    std::map<std::int64_t, std::int64_t> counts;
    // Neighbours mostly have the same plan.
    std::int64_t plan = 0, same = 0;
    for (std::size_t slot = 0; slot < slots(); ++slot) {
      if (!found.has(slot)) continue;
      if (at(slot).plan != plan) {
        if (same > 0) counts[plan] += same;
        plan = at(slot).plan;
        same = 0;
      }
      ++same;
    }
    if (same > 0) counts[plan] += same;
    return counts;
  }

 private:
  [[nodiscard]] std::size_t slots() const { return blocks_.empty() ? 0 : (blocks_.size() - 1) * kBlock + blocks_.back().slots.size(); }
  [[nodiscard]] const Slot& at(std::size_t slot) const { return blocks_[slot / kBlock].slots[slot % kBlock]; }
  [[nodiscard]] Slot& at(std::size_t slot) { return blocks_[slot / kBlock].slots[slot % kBlock]; }
  [[nodiscard]] std::string_view text(std::size_t slot, std::size_t column) const {
    return column_of(blocks_[slot / kBlock].text_of(slot % kBlock), column);
  }
  [[nodiscard]] bool before(std::uint32_t a, std::uint32_t b, std::size_t column) const {
    const int order = text(a, column).compare(text(b, column));
    return order != 0 ? order < 0 : a < b;
  }
  static std::uint64_t head_of(std::string_view text) {
    std::uint64_t head = 0;
    for (std::size_t i = 0; i < 8; ++i) head = head << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    return head;
  }

  [[nodiscard]] Marks matching(const MeterQuestion& question) const {
    Marks found(slots());
    const Filter filter(question);
    if (question.among) {
      for (const std::int64_t id : *question.among)
        if (const auto slot = find(id); slot && filter.takes(at(*slot)) && holds(*slot, question.words)) found.set(*slot);
      return found;
    }
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      const Block& block = blocks_[b];
      if (question.words.empty()) {
        for (std::size_t i = 0; i < block.slots.size(); ++i)
          if (filter.takes(block.slots[i])) found.set(b * kBlock + i);
        continue;
      }
      std::size_t i = 0;
      for (std::size_t place = find_words(block.text, question.words, 0); place != std::string::npos; place = find_words(block.text, question.words, block.ends[i++])) {
        while (block.ends[i] <= place) ++i;
        if (filter.takes(block.slots[i])) found.set(b * kBlock + i);
      }
    }
    return found;
  }
  [[nodiscard]] bool holds(std::size_t slot, std::string_view words) const {
    return words.empty() || find_words(blocks_[slot / kBlock].text_of(slot % kBlock), words, 0) != std::string_view::npos;
  }

  void take_by_id(const Marks& found, bool backwards, std::int64_t offset, std::int64_t limit, std::vector<std::int64_t>& ids) const {
    const auto& words = found.words();
    for (std::size_t k = 0; k < words.size() && limit > 0; ++k) {
      const std::size_t w = backwards ? words.size() - 1 - k : k;
      std::uint64_t word = words[w];
      const int here = std::popcount(word);
      if (here <= offset) {
        offset -= here;
        continue;
      }
      for (; word != 0 && limit > 0;) {
        const int bit = backwards ? 63 - std::countl_zero(word) : std::countr_zero(word);
        word &= ~(std::uint64_t{1} << bit);
        if (offset-- > 0) continue;
        ids.push_back(at(w * 64 + static_cast<std::size_t>(bit)).id);
        --limit;
      }
      offset = 0;
    }
  }

  std::vector<Block> blocks_;  ///< all but the last are full; ids grow
  std::array<std::vector<std::uint32_t>, kColumns> orders_;
  std::int64_t there_ = 0;
};

MeterDirectory::MeterDirectory() = default;
MeterDirectory::~MeterDirectory() = default;

MeterDirectory::Part& MeterDirectory::part_of(std::int64_t organisation) {
  auto& part = parts_[organisation];
  if (!part) part = std::make_unique<Part>();
  return *part;
}

void MeterDirectory::clear() { parts_.clear(); }

void MeterDirectory::add(const MeterEntry& entry) { part_of(entry.organisation).add(entry); }

void MeterDirectory::loaded() {
  for (auto& [organisation, part] : parts_) part->sort();
}

bool MeterDirectory::change(std::vector<Change> changes) {
  std::sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.id < b.id; });
  std::map<std::int64_t, std::vector<std::uint32_t>> moved;
  bool taken = true;
  for (const auto& [id, entry] : changes) {
    bool known = false;
    for (auto& [organisation, part] : parts_) {
      const auto slot = part->find(id);
      if (!slot) continue;
      if (entry && entry->organisation == organisation) {
        part->set(*slot, *entry, moved[organisation]);
        known = true;
      } else {
        part->drop(*slot, moved[organisation]);
      }
    }
    if (!entry || known) continue;
    Part& part = part_of(entry->organisation);
    if (part.last_id() >= id) {
      taken = false;
      break;
    }
    part.append(*entry, moved[entry->organisation]);
  }
  for (auto& [organisation, slots] : moved) {
    std::sort(slots.begin(), slots.end());
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
    part_of(organisation).reorder(std::move(slots));
  }
  return taken;
}

template <class Answer, class Work>
Answer MeterDirectory::in_part(const MeterQuestion& question, Work&& work) const {
  const auto part = parts_.find(question.organisation);
  if (part == parts_.end()) return {};
  if (question.words.empty()) return work(*part->second, question);
  MeterQuestion plain = question;
  plain.words.clear();
  append_plain(plain.words, question.words);
  return work(*part->second, plain);
}

MetersFound MeterDirectory::ask(const MeterQuestion& question) const {
  return in_part<MetersFound>(question, [](const Part& part, const MeterQuestion& plain) { return part.ask(plain); });
}

std::map<std::int64_t, std::int64_t> MeterDirectory::count_by_plan(const MeterQuestion& question) const {
  return in_part<std::map<std::int64_t, std::int64_t>>(question, [](const Part& part, const MeterQuestion& plain) { return part.count_by_plan(plain); });
}

std::int64_t MeterDirectory::size() const {
  std::int64_t all = 0;
  for (const auto& [organisation, part] : parts_) all += part->size();
  return all;
}

}  // namespace anju::platform
