#include "gateway/local/access.hpp"

#include <algorithm>
#include <utility>

namespace anju::gateway {
namespace {

base::Millis between(base::Millis earlier, base::Millis later) {
  return base::Millis(later.value - earlier.value);
}

/// Takes as long wherever they differ. What is compared has a known length, so that may show.
bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned differs = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differs |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned>(static_cast<unsigned char>(b[i]));
  return differs == 0;
}

}  // namespace

std::string_view to_string(AccessErrc errc) {
  switch (errc) {
    case AccessErrc::wrong_pin: return "wrong_pin";
    case AccessErrc::too_many_tries: return "too_many_tries";
    case AccessErrc::bad_pin: return "bad_pin";
  }
  return "unknown";
}

std::string make_pin(std::uint64_t drawn) {
  std::string pin(kPinDigits, '0');
  for (auto& digit : pin) {
    digit = static_cast<char>('0' + drawn % 10);
    drawn /= 10;
  }
  return pin;
}

base::Result<std::string> read_pin(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
  if (first != std::string_view::npos) text = text.substr(first, last - first + 1);
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || text.size() != kPinDigits) return base::fail(AccessErrc::bad_pin, "has to be 8 digits");
  return std::string(text);
}

void Access::pin(std::string_view pin) {
  if (pin_ == pin) return;
  pin_ = pin;
  sessions_.clear();
}

base::Millis Access::wait(base::Millis now) const {
  return now < again_ ? between(now, again_) : base::Millis(0);
}

base::Result<> Access::log_in(std::string_view pin, std::string token, base::Millis now) {
  if (const auto left = wait(now); left.value > 0) return base::fail(AccessErrc::too_many_tries, std::to_string((left.value + 999) / 1000));
  if (pin_.empty() || !same(pin, pin_)) {
    if (++wrong_ >= kFreeTries) {
      const int doubled = std::min(wrong_ - kFreeTries, 20);
      again_ = now + std::min(kFirstWait * (std::int64_t{1} << doubled), kLongestWait);
    }
    return base::fail(AccessErrc::wrong_pin);
  }
  wrong_ = 0;
  end_old(now);
  if (sessions_.size() >= kMostSessions) sessions_.erase(std::ranges::min_element(sessions_, {}, &Session::heard));
  sessions_.push_back({std::move(token), now, now});
  return {};
}

bool Access::admit(std::string_view token, base::Millis now) {
  end_old(now);
  Session* found = nullptr;
  for (auto& session : sessions_) {
    if (same(session.token, token)) found = &session;
  }
  if (found == nullptr) return false;
  found->heard = now;
  return true;
}

void Access::log_out(std::string_view token) {
  std::erase_if(sessions_, [&](const Session& session) { return same(session.token, token); });
}

std::size_t Access::sessions(base::Millis now) {
  end_old(now);
  return sessions_.size();
}

void Access::end_old(base::Millis now) {
  std::erase_if(sessions_, [now](const Session& session) { return between(session.began, now) >= kSessionLongest || between(session.heard, now) >= kSessionSilence; });
}

}  // namespace anju::gateway
