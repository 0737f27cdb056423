#pragma once

// Who may use the installer's page: one PIN per gateway, sessions by random tokens. Pure: time and randomness are handed in. Times are of a clock
// that only goes forward (milliseconds since any fixed moment); the wall clock of a fresh box jumps by years.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::gateway {

inline constexpr std::size_t kPinDigits = 8;
inline constexpr int kFreeTries = 5;  ///< wrong ones before the first wait
/// Of the gateway, not of an address: who sits on the same network has as many addresses as he likes. At the longest wait all PINs take 950 years.
inline constexpr base::Millis kFirstWait = base::seconds(10), kLongestWait = base::minutes(5);
inline constexpr base::Millis kSessionLongest = base::hours(8), kSessionSilence = base::minutes(30);
inline constexpr std::size_t kMostSessions = 8;  ///< one more ends the one that was silent longest
inline constexpr std::size_t kTokenDigits = 32;  ///< hex, 128 bits

enum class AccessErrc {
  wrong_pin,
  too_many_tries,  ///< `where`: whole seconds until the next try, at least 1. The right PIN is refused, too
  bad_pin,         ///< what should be a PIN is none
};
[[nodiscard]] std::string_view to_string(AccessErrc errc);

/// drawn: uniform over 64 bits. Each PIN is as likely as another to 1 in 10^11.
[[nodiscard]] std::string make_pin(std::uint64_t drawn);
/// Of a PIN's file: eight digits, blanks and line ends around them are nothing. Error: bad_pin.
[[nodiscard]] base::Result<std::string> read_pin(std::string_view text);

class Access {
 public:
  /// The PIN that holds from now on; another one than before ends all sessions. Empty: nobody comes in.
  void pin(std::string_view pin);
  /// token: kTokenDigits drawn for this try; it names the session when this succeeds. Errors: wrong_pin, too_many_tries.
  [[nodiscard]] base::Result<> log_in(std::string_view pin, std::string token, base::Millis now);
  /// True while the session lasts; it was heard of now.
  [[nodiscard]] bool admit(std::string_view token, base::Millis now);
  void log_out(std::string_view token);
  /// Zero: a try is taken.
  [[nodiscard]] base::Millis wait(base::Millis now) const;
  [[nodiscard]] std::size_t sessions(base::Millis now);

 private:
  struct Session {
    std::string token;
    base::Millis began, heard;
  };
  void end_old(base::Millis now);

  std::string pin_;
  std::vector<Session> sessions_;
  int wrong_ = 0;
  base::Millis again_;  ///< the next try is taken from then on
};

}  // namespace anju::gateway
