#include "platform/http/lockout.hpp"

#include <algorithm>

namespace anju::platform {

base::Millis Lockout::remaining(const std::string& key, base::UtcMillis now) const {
  const auto found = entries_.find(key);
  if (found == entries_.end() || found->second.until <= now) return base::Millis(0);
  return found->second.until - now;
}

void Lockout::note_try(const std::string& key, base::UtcMillis now) {
  auto found = entries_.find(key);
  if (found != entries_.end() && now - found->second.last > rules_.forget_after) {
    entries_.erase(found);
    found = entries_.end();
  }
  if (found == entries_.end()) {
    if (entries_.size() >= rules_.most_entries) make_room(now);
    found = entries_.emplace(key, Entry{}).first;
  }
  Entry& entry = found->second;
  ++entry.tries;
  entry.last = now;
  if (entry.tries < rules_.free_tries) return;

  base::Millis wait = rules_.first_wait;
  for (int i = rules_.free_tries; i < entry.tries && wait < rules_.longest_wait; ++i) wait = wait * 2;
  entry.until = now + std::min(wait, rules_.longest_wait);
}

void Lockout::take_back(const std::string& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  if (--found->second.tries <= 0) {
    entries_.erase(found);
  } else {
    found->second.until = {};
  }
}

void Lockout::make_room(base::UtcMillis now) {
  std::erase_if(entries_, [&](const auto& item) { return now - item.second.last > rules_.forget_after; });
  if (entries_.size() < rules_.most_entries) return;
  const auto first = std::min_element(entries_.begin(), entries_.end(),
                                      [](const auto& a, const auto& b) { return a.second.until < b.second.until; });
  entries_.erase(first);
}

}  // namespace anju::platform
